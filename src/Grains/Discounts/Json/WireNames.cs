using System.Collections.Frozen;
using System.Text.Json;

namespace Marketing.Discounts;

/// <summary>The names of choices on the wire: those of the enumeration, as APPLY_TO_ORDER.</summary>
internal static class WireNames<TChoice>
    where TChoice : struct, Enum
{
    private static readonly FrozenDictionary<TChoice, string> Names =
        Enum.GetValues<TChoice>().ToFrozenDictionary(choice => choice, choice => JsonNamingPolicy.SnakeCaseUpper.ConvertName(choice.ToString()));

    private static readonly FrozenDictionary<string, TChoice> Choices = Names.ToFrozenDictionary(name => name.Value, name => name.Key, StringComparer.Ordinal);

    /// <summary>All of them, for a message.</summary>
    public static string All { get; } = string.Join(", ", Enum.GetValues<TChoice>().Select(Of));

    public static string Of(TChoice choice) => Names[choice];

    public static bool TryParse(string name, out TChoice choice) => Choices.TryGetValue(name, out choice);
}
