namespace Marketing;

/// <summary>Answer to a list that may be filtered.</summary>
[GenerateSerializer, Immutable, Alias("listed")]
public sealed record Listed
{
    /// <summary>As wire JSON; null where there is no page.</summary>
    [Id(0)] public Page<RawJson>? Page { get; init; }

    /// <summary>What is wrong with what was asked, by parameter; empty where nothing is.</summary>
    [Id(1)] public IReadOnlyList<FieldProblem> Problems { get; init; } = [];

    /// <summary>The type of what the list is to be of and there is not; null where nothing is missing.</summary>
    [Id(2)] public string? MissingType { get; init; }

    /// <summary>Its id, as it was asked for.</summary>
    [Id(3)] public string? MissingId { get; init; }

    /// <summary>Of lists that are read on by ids: the id after which there is more; null at the end.</summary>
    [Id(4)] public string? MoreAfter { get; init; }

    /// <summary>There is nothing of what was asked.</summary>
    public static readonly Listed Nothing = Of(new Page<RawJson>([], 0, HasMore: false));

    /// <summary>A page.</summary>
    public static Listed Of(Page<RawJson> page) => new() { Page = page };

    /// <summary>Something is wrong with what was asked.</summary>
    public static Listed Refused(params IReadOnlyList<FieldProblem> problems) => new() { Problems = problems };

    /// <summary>What it is to be of does not exist.</summary>
    public static Listed Missing(string type, string id) => new() { MissingType = type, MissingId = id };
}
