using System.Globalization;

namespace Marketing.ValidationRules;

/// <summary>Which conditions must hold: <c>1 and (2 or 3)</c>. <c>and</c> binds more than <c>or</c>; upper and lower case are the same.</summary>
internal abstract class RuleLogic
{
    private const int MaxLength = 2_000;
    private const int MaxDepth = 50;

    /// <param name="held">Whether each condition holds, from the one with number 1.</param>
    public abstract bool Holds(ReadOnlySpan<bool> held);

    /// <summary>All of some conditions; null for none.</summary>
    public static RuleLogic? All(int count)
    {
        RuleLogic? all = null;
        for (var at = 0; at < count; at++)
        {
            all = all is null ? new One(at) : new Both(all, new One(at));
        }

        return all;
    }

    /// <summary>Reads it, or says what is wrong.</summary>
    public static RuleLogic? Parse(string text, int count, out string? problem)
    {
        if (text.Length > MaxLength)
        {
            problem = $"is longer than {MaxLength} characters.";
            return null;
        }

        var reader = new Reader(text, count);
        var read = reader.Or(0);
        reader.End();
        problem = reader.Problem;
        return problem is null ? read : null;
    }

    /// <summary>Which conditions it names, of so many that there are.</summary>
    public bool[] Used(int count)
    {
        var used = new bool[count];
        Mark(used);
        return used;
    }

    protected abstract void Mark(bool[] used);

    private sealed class One(int at) : RuleLogic
    {
        public override bool Holds(ReadOnlySpan<bool> held) => held[at];

        protected override void Mark(bool[] used) => used[at] = true;
    }

    private sealed class Both(RuleLogic left, RuleLogic right) : RuleLogic
    {
        public override bool Holds(ReadOnlySpan<bool> held) => left.Holds(held) && right.Holds(held);

        protected override void Mark(bool[] used)
        {
            left.Mark(used);
            right.Mark(used);
        }
    }

    private sealed class Either(RuleLogic left, RuleLogic right) : RuleLogic
    {
        public override bool Holds(ReadOnlySpan<bool> held) => left.Holds(held) || right.Holds(held);

        protected override void Mark(bool[] used)
        {
            left.Mark(used);
            right.Mark(used);
        }
    }

    private ref struct Reader(string text, int count)
    {
        private int _at;

        // The first one; what comes after it may only follow from it.
        public string? Problem { get; private set; }

        public RuleLogic? Or(int depth)
        {
            var left = And(depth);
            while (Problem is null && Word("or"))
            {
                var right = And(depth);
                left = left is null || right is null ? null : new Either(left, right);
            }

            return left;
        }

        public void End()
        {
            if (Problem is null && Next().Length > 0)
            {
                Refuse(Next() is ")" ? "has a ) that closes nothing" : $"has '{Next()}' where 'and', 'or' or the end should be");
            }
        }

        private RuleLogic? And(int depth)
        {
            var left = Term(depth);
            while (Problem is null && Word("and"))
            {
                var right = Term(depth);
                left = left is null || right is null ? null : new Both(left, right);
            }

            return left;
        }

        private RuleLogic? Term(int depth)
        {
            var next = Next();
            if (next is "(")
            {
                if (depth == MaxDepth)
                {
                    return Refuse($"has more than {MaxDepth} parentheses within each other");
                }

                _at++;
                var inner = Or(depth + 1);
                return Problem is not null ? null : Take(")") ? inner : Refuse("has a ( that is not closed");
            }

            if (next.Length > 0 && char.IsAsciiDigit(next[0]))
            {
                _at += next.Length;
                return int.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= count
                    ? new One(number - 1)
                    : Refuse($"names rule {PlainText.Start(next.ToString(), 20)}, which is not there");
            }

            return Refuse(next.Length == 0 ? "ends where the number of a rule should be" : $"has '{PlainText.Start(next.ToString(), 20)}' where the number of a rule should be");
        }

        private bool Word(string word) => Next().Equals(word, StringComparison.OrdinalIgnoreCase) && Skip(word.Length);

        private bool Take(string sign) => Next().SequenceEqual(sign) && Skip(sign.Length);

        private bool Skip(int length)
        {
            _at += length;
            return true;
        }

        // A parenthesis, or all up to white space or one.
        private ReadOnlySpan<char> Next()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }

            var rest = text.AsSpan(_at);
            if (rest.Length > 0 && rest[0] is '(' or ')')
            {
                return rest[..1];
            }

            var end = 0;
            while (end < rest.Length && !char.IsWhiteSpace(rest[end]) && rest[end] is not ('(' or ')'))
            {
                end++;
            }

            return rest[..end];
        }

        private RuleLogic? Refuse(string problem)
        {
            Problem ??= $"{problem}; it is made of rule numbers, 'and', 'or' and parentheses.";
            return null;
        }
    }
}
