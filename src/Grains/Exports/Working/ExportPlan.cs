using System.Text.Json;
using Marketing.Filters;

namespace Marketing.Exports.Working;

/// <summary>What a definition means: the columns, which objects, in what order. Pure.</summary>
internal sealed class ExportPlan
{
    private const string MetadataPrefix = "metadata.";

    private readonly IReadOnlyList<ExportField> _fields;
    private readonly ExportField? _order;
    private readonly ListFilter? _filter;

    private ExportPlan(IExportSource source, IReadOnlyList<ExportField> fields, ExportField? order, bool descending, ListFilter? filter)
    {
        (Source, _fields, IsDescending) = (source, fields, descending);
        _order = order is not null && (descending || order.Name != source.WalkedIn) ? order : null;
        _filter = filter;
    }

    public IExportSource Source { get; }

    /// <summary>Whether the walk has another order than the file.</summary>
    public bool IsSorted => _order is not null;

    public bool IsDescending { get; }

    public string Header => ExportCsv.Line(_fields.Select(static column => column.Name));

    /// <summary>The plan, or why there is none.</summary>
    /// <param name="definition">What is wanted.</param>
    /// <param name="sources">What there is.</param>
    /// <param name="settings">What days and weeks are in the project.</param>
    /// <param name="refusal">Why not.</param>
    public static ExportPlan? TryMake(ExportDefinition definition, IEnumerable<IExportSource> sources, FilterSettings settings, out ExportResult? refusal)
    {
        refusal = null;
        if (sources.FirstOrDefault(candidate => candidate.Name == definition.ExportedObject) is not { } source)
        {
            refusal = Invalid("exported_object", $"should be equal to one of the allowed values [ {string.Join(", ", sources.Select(known => known.Name))} ]");
            return null;
        }

        source = source.Within(definition.Filters);
        var fields = new List<ExportField>();
        foreach (var name in definition.Fields.Count > 0 ? definition.Fields.Distinct(StringComparer.Ordinal) : source.Usual)
        {
            if (Find(source, name) is not { } field)
            {
                refusal = new ExportResult.UnknownField(name, [.. source.Fields.Select(known => known.Name), .. source.Metadata is null ? (string[])[] : ["metadata"]]);
                return null;
            }

            fields.Add(field);
        }

        var descending = definition.Order is ['-', ..];
        var order = descending ? definition.Order![1..] : definition.Order;
        if (order is not null && !source.Orders.Contains(order))
        {
            refusal = Invalid("parameters.order", $"must be one of: {string.Join(", ", source.Orders)}, with a leading - for descending");
            return null;
        }

        ListFilter? filter = null;
        if (definition.Filters is { } filters && HasConditions(filters))
        {
            (filter, var problems) = ListFilter.Parse(filters, new FilterSubject(source.Shape, source.Canonical), settings, "parameters.filters");
            if (filter is null)
            {
                refusal = new ExportResult.Invalid([.. problems]);
                return null;
            }
        }

        return new ExportPlan(source, fields, order is null ? null : Find(source, order)!, descending, filter);
    }

    /// <summary>The definition as it holds, as callers get it.</summary>
    public RawJson Parameters(ExportDefinition definition) => new(JsonSerializer.SerializeToUtf8Bytes(
        new ExportParameters { Order = definition.Order, Fields = [.. _fields.Select(field => field.Name)], Filters = definition.Filters ?? RawJson.Parse("""{"junction":"and"}""") },
        WireJson.Options));

    /// <summary>The definition behind what was stored.</summary>
    public static ExportDefinition Definition(string exportedObject, RawJson parameters)
    {
        var stored = JsonSerializer.Deserialize<ExportParameters>(parameters.Utf8.Span, WireJson.Options)!;
        return new ExportDefinition { ExportedObject = exportedObject, Order = stored.Order, Fields = stored.Fields, Filters = stored.Filters };
    }

    /// <summary>The lines of those objects that are wanted, with what they are sorted by.</summary>
    /// <param name="items">Objects.</param>
    /// <param name="met">How many came before.</param>
    /// <param name="asked">When the export was asked for; what filters call now.</param>
    public IEnumerable<SortedLine> Lines(IEnumerable<ExportItem> items, long met, DateTimeOffset asked)
    {
        foreach (var item in items)
        {
            if (_filter?.Meets(item.Document, asked) == false)
            {
                continue;
            }

            var key = _order?.Text(item);
            yield return new SortedLine(string.IsNullOrEmpty(key) ? null : key, Source.MeetsNewestFirst ? -met++ : met++, ExportCsv.Line(_fields.Select(field => field.Text(item))));
        }
    }

    private static ExportField? Find(IExportSource source, string name)
    {
        if (source.Fields.FirstOrDefault(field => field.Name == name) is { } known)
        {
            return known;
        }

        return source.Metadata is not { } metadata ? null
            : name == "metadata" ? new ExportField(name, item => (metadata(item) ?? RawJson.EmptyObject).ToString())
            : name.Length > MetadataPrefix.Length && name.StartsWith(MetadataPrefix, StringComparison.Ordinal)
                ? new ExportField(name, item => TextOf(metadata(item), name[MetadataPrefix.Length..]))
                : null;
    }

    private static string? TextOf(RawJson? metadata, string key) => metadata?.ToElement() is { ValueKind: JsonValueKind.Object } values && values.TryGetProperty(key, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        }
        : null;

    // With nothing but a junction everything is wanted.
    private static bool HasConditions(RawJson filters) =>
        filters.ToElement() is not { ValueKind: JsonValueKind.Object } parts || parts.EnumerateObject().Any(part => part.Name != "junction" || !IsJunction(part.Value));

    private static bool IsJunction(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && (value.GetString()!.Equals("and", StringComparison.OrdinalIgnoreCase) || value.GetString()!.Equals("or", StringComparison.OrdinalIgnoreCase));

    private static ExportResult.Invalid Invalid(string field, string message) => new([new FieldProblem(field, message)]);

    private sealed record ExportParameters
    {
        public string? Order { get; init; }

        public required IReadOnlyList<string> Fields { get; init; }

        public required RawJson Filters { get; init; }
    }
}
