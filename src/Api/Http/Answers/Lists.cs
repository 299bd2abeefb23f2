namespace Marketing.Http;

/// <summary>A page of a list, with how many there are in all.</summary>
internal sealed record DataList<T>(IReadOnlyList<T> Data, long Total)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "data";
}

/// <summary>A page of a list that is read on with <c>starting_after_id</c>.</summary>
internal sealed record CursorList<T>(IReadOnlyList<T> Data, bool HasMore)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "data";

    /// <summary>What to pass as <c>starting_after_id</c>; absent at the end.</summary>
    public string? MoreStartingAfter { get; init; }

    public static CursorList<T> From<TItem>(Page<TItem> page, Func<TItem, T> convert, Func<TItem, string> id) =>
        new([.. page.Items.Select(convert)], page.HasMore)
        {
            MoreStartingAfter = page.HasMore && page.Items.Count > 0 ? id(page.Items[^1]) : null,
        };
}

/// <summary>An answer without anything in it.</summary>
internal sealed record EmptyObject;
