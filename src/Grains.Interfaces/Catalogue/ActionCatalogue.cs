namespace Marketing.Catalogue;

/// <summary>Everything a distribution can give. A new action is one entry here and its implementation.</summary>
public static class ActionCatalogue
{
    /// <summary>A message without an incentive.</summary>
    public const string PlainMessage = "plain_message";

    /// <summary>All actions.</summary>
    public static IReadOnlyList<ActionDescriptor> All { get; } =
    [
        new(PlainMessage, "Send plain message to customers", []) { ChannelsWithoutManual = ["webhook"] },
    ];

    /// <summary>The entry of this type, or null.</summary>
    public static ActionDescriptor? Find(string? type) => All.FirstOrDefault(action => action.Type == type);
}

/// <summary>One action.</summary>
/// <param name="Type">The name in drafts.</param>
/// <param name="Label">What a builder calls it.</param>
/// <param name="Variables">Template variables it brings.</param>
public sealed record ActionDescriptor(string Type, string Label, IReadOnlyList<string> Variables)
{
    /// <summary>Channels that carry it only in automatic distributions: the product has no event to put into a manual plain webhook.</summary>
    public IReadOnlyList<string> ChannelsWithoutManual { get; init; } = [];
}
