namespace Marketing.Templates;

/// <summary>Finds the variables of a template that its scope does not have.</summary>
internal static class ScopeCheck
{
    // What the language offers on texts, lists and objects of any kind.
    private static readonly HashSet<string> Universal = ["size", "first", "last"];

    /// <summary>What is wrong with one use, or null.</summary>
    public static string? WhatIsWrong(VariableUse use, TemplateScope scope, IReadOnlySet<string> locals)
    {
        var root = use.Parts[0];
        if (locals.Contains(root))
        {
            return null;
        }

        if (!scope.Roots.TryGetValue(root, out var shape))
        {
            return $"There is no variable '{root}' here.{Suggestion.For(root, scope.Roots.Keys.Concat(locals))}";
        }

        for (var i = 1; i < use.Parts.Count; i++)
        {
            var part = use.Parts[i];
            if (shape.Fields is null)
            {
                return null;
            }

            if (!shape.Fields.TryGetValue(part, out var next))
            {
                var path = string.Join('.', use.Parts.Take(i));
                return Universal.Contains(part) ? null
                    : shape.Fields.Count == 0 ? $"'{path}' is a plain value, it has no field '{part}'."
                    : $"'{path}' has no field '{part}'.{Suggestion.For(part, shape.Fields.Keys)}";
            }

            shape = next;
        }

        return null;
    }
}
