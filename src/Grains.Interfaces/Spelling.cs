namespace Marketing;

/// <summary>Finds what somebody meant who wrote a name a little wrong.</summary>
public static class Spelling
{
    // Nobody's typo is longer, and comparing costs the product of both lengths.
    private const int LongestName = 100;
    private const int ShortestStem = 3;

    /// <summary>
    /// The candidate nearest to the word: upper and lower case, dashes and underscores do not count, about every third letter may be wrong, and a beginning is
    /// enough. Null when nothing is near.
    /// </summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LongestName)
        {
            return null;
        }

        var plain = Plain(word);
        string? nearest = null;
        var least = 1 + Math.Clamp(plain.Length / 3, 1, 3);
        string? longer = null;
        foreach (var candidate in candidates)
        {
            var other = Plain(candidate);
            var distance = Distance(plain, other);
            if (distance < least && distance < Math.Max(plain.Length, other.Length))
            {
                (nearest, least) = (candidate, distance);
            }
            else if (longer is null && IsStem(plain, other))
            {
                longer = candidate;
            }
        }

        return nearest ?? longer;
    }

    /// <summary>The end of a refusal: <c>; did you mean 'name'?</c>, or what there is when nothing is near.</summary>
    public static string Hint(string word, IReadOnlyCollection<string> candidates) => Nearest(word, candidates) is { } nearest
        ? $"; did you mean '{nearest}'?"
        : $"; known are {string.Join(", ", candidates)}";

    /// <summary>How many letters are left out, too many, wrong, or swapped with the next. Takes as long as the product of both lengths.</summary>
    public static int Distance(string one, string other)
    {
        var (before, last, row) = (new int[other.Length + 1], new int[other.Length + 1], new int[other.Length + 1]);
        for (var j = 0; j <= other.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[other.Length];
    }

    private static bool IsStem(string one, string other) =>
        Math.Min(one.Length, other.Length) >= ShortestStem
        && (one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal));

    private static string Plain(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
