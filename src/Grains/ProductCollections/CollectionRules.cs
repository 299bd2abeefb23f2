using System.Text.Json;

namespace Marketing.ProductCollections;

/// <summary>How collections are stored, shown and changed. Pure.</summary>
internal static class CollectionRules
{
    public static IReadOnlyList<CollectionMember> MembersOf(ProductCollectionRow row) => JsonSerializer.Deserialize<CollectionMember[]>(row.Content.Utf8.Span, WireJson.Options)!;

    public static RawJson Content(IReadOnlyList<CollectionMember> members) => new(JsonSerializer.SerializeToUtf8Bytes(members, WireJson.Options));

    public static CollectionView View(ProductCollectionRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Type = row.Type,
        Filter = row.IsStatic ? null : row.Content,
        Members = row.IsStatic ? MembersOf(row) : null,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
    };

    /// <summary>What of a change cannot be: all of it at once.</summary>
    public static IReadOnlyList<FieldProblem> WhyNot(ProductCollectionRow present, CollectionChange change)
    {
        var problems = new List<FieldProblem>();
        if (change.Type is { } type && type != present.Type)
        {
            problems.Add(new FieldProblem("type", $"is fixed: {present.Type}"));
        }

        if (change.Members is { } members && (!present.IsStatic || !members.Select(Name).SequenceEqual(MembersOf(present).Select(Name))))
        {
            problems.Add(new FieldProblem("products", "are fixed: a collection keeps those it was created with"));
        }

        if (change.Filter is { } filter)
        {
            problems.AddRange(present.IsStatic ? [new FieldProblem("filter", $"is for collections of type {CollectionTypes.AutoUpdate}")] : CollectionFilters.ProblemsOf(filter));
        }

        return problems;

        static (bool, string) Name(CollectionMember member) => (member.IsSku, member.Id);
    }

    /// <summary>The row after a change; the one that was there where nothing is different.</summary>
    public static ProductCollectionRow Apply(ProductCollectionRow present, CollectionChange change, DateTimeOffset now)
    {
        var row = present with { Name = change.Name ?? present.Name, Content = change.Filter ?? present.Content };
        return row == present ? row : row with { UpdatedAt = now };
    }
}
