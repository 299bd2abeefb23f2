using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Catalogue;
using Marketing.Distributions;
using Marketing.Exports;
using Marketing.Filters;
using Marketing.MetadataSchemas;
using Marketing.Segments;
using Orleans.Concurrency;

namespace Marketing.FilterCatalogue;

[GrainType("filter-catalogue"), StatelessWorker, Reentrant]
internal sealed class FilterCatalogueGrain(IEnumerable<IExportSource> sources, Catalogues catalogues) : Grain, IFilterCatalogueGrain
{
    // What filters of segments are about; whatever can be exported has filters, too.
    private const string Customers = "customer";

    private static readonly JsonArray Operators = new([.. OperatorGuide.All.Select(static one => new JsonObject
    {
        ["name"] = one.Name,
        ["kinds"] = new JsonArray([.. KindsOf(one.Kinds).Select(static kind => (JsonNode)kind)]),
        ["takes"] = one.Takes,
        ["many"] = one.Many,
        ["sentence"] = one.Sentence,
    })]);

    public Task<IReadOnlyList<string>> SubjectsAsync() => Task.FromResult<IReadOnlyList<string>>([.. Subjects]);

    public async Task<RawJson?> FindAsync(string subject)
    {
        if (sources.FirstOrDefault(source => source.Name == subject) is not { } source)
        {
            return null;
        }

        var catalogue = await catalogues.FreshAsync((int)this.GetPrimaryKeyLong());
        var fields = new FilterSubject(source.Shape, source.Canonical).Listed;
        return new RawJson(JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["object"] = "filter_catalogue",
                ["subject"] = subject,
                ["subjects"] = new JsonArray([.. Subjects.Select(static name => (JsonNode)name)]),
                ["fields"] = new JsonArray([.. fields.Where(static field => !IsPattern(field.Name)).Select(static field => Field(field.Name, field.Kind))]),
                ["patterns"] = new JsonArray([.. fields.Where(static field => IsPattern(field.Name)).Select(static field => Field(field.Name, field.Kind))]),
                ["operators"] = Operators.DeepClone(),
                ["metadata"] = Metadata(subject, catalogue),
                ["events"] = new JsonArray([.. (subject == Customers ? EventsOf(catalogue) : []).Select(static name => (JsonNode)name)]),
            },
            WireJson.Options));
    }

    private IEnumerable<string> Subjects => sources.Select(static source => source.Name).OrderBy(static name => name != Customers).ThenBy(static name => name, StringComparer.Ordinal);

    private static bool IsPattern(string name) => name.EndsWith(".KEY", StringComparison.Ordinal) || name.Contains(".NAME.", StringComparison.Ordinal);

    private static JsonObject Field(string name, FieldKind kind) => new() { ["name"] = name, ["kind"] = KindsOf(kind).Single() };

    private static JsonArray Metadata(string subject, CatalogueSnapshot catalogue)
    {
        var rules = SchemaResources.All.Contains(subject) ? catalogue.MetadataSchemas.Of(subject)?.Rules ?? [] : [];
        var known = rules.ToDictionary(static rule => $"metadata.{rule.Key}", StringComparer.Ordinal);
        var used = subject == Customers ? FiltersOf(catalogue).SelectMany(static filter => filter.Fields).Where(static path => path.StartsWith("metadata.", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal) : [];
        return new JsonArray([.. known.Keys.Union(used).Order(StringComparer.Ordinal).Select(path => Metadata(path, known.GetValueOrDefault(path), used.Contains(path)))]);
    }

    private static JsonObject Metadata(string path, MetadataRule? rule, bool isUsed)
    {
        var field = Field(path, KindOf(rule));
        var sources = new JsonArray();
        field["sources"] = sources;
        if (rule is not null)
        {
            sources.Add((JsonNode)"schema");
            field["type"] = rule.Type;
            field["list"] = rule.IsList;
        }

        if (isUsed)
        {
            sources.Add((JsonNode)"segment");
        }

        if (rule?.Texts.Count > 0)
        {
            field["values"] = new JsonArray([.. rule.Texts.Select(static text => (JsonNode)text)]);
        }

        return field;
    }

    private static FieldKind KindOf(MetadataRule? rule) => rule is null || rule.IsList ? FieldKind.Any : rule.Type switch
    {
        SchemaTypes.Text or SchemaTypes.Image => FieldKind.Text,
        SchemaTypes.Number => FieldKind.Number,
        SchemaTypes.Date or SchemaTypes.Instant => FieldKind.Date,
        _ => FieldKind.Any,
    };

    // Those somebody has defined, those that start something, and those that segments ask for.
    private static IEnumerable<string> EventsOf(CatalogueSnapshot catalogue) => catalogue.MetadataSchemas.Events
        .Concat(catalogue.Distributions.All.Select(static distribution => distribution.Draft.Trigger?.CustomEvent).OfType<string>())
        .Concat(FiltersOf(catalogue).SelectMany(static filter => filter.Clauses).Select(static clause => clause.Field.Segments).Where(static path => path is ["events", _, ..]).Select(static path => path[1]))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static IEnumerable<Filter> FiltersOf(CatalogueSnapshot catalogue) => catalogue.Segments.Dynamic.Select(static segment => segment.Filter!);

    private static IEnumerable<string> KindsOf(FieldKind kinds)
    {
        foreach (var (kind, word) in ((FieldKind, string)[])[(FieldKind.Text, "text"), (FieldKind.Number, "number"), (FieldKind.Date, "date"), (FieldKind.Any, "any")])
        {
            if (kinds.HasFlag(kind))
            {
                yield return word;
            }
        }
    }
}
