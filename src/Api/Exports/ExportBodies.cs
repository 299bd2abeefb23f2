using System.Text.Json.Serialization;

namespace Marketing.Exports;

/// <summary>What an export is to contain.</summary>
internal sealed record ExportRequest
{
    /// <summary>customer, order, product, sku, voucher, voucher_transactions, points_expiration, publication or suppression.</summary>
    public required string ExportedObject { get; init; }

    public ExportParametersBody? Parameters { get; init; }
}

/// <summary>What an export of one kind of object is to contain.</summary>
internal sealed record ExportOfOneKindRequest
{
    public ExportParametersBody? Parameters { get; init; }
}

/// <summary>Which objects, which of their fields, in what order.</summary>
internal sealed record ExportParametersBody
{
    /// <summary>The field it is sorted by; a leading - is descending. Without, in the order in which objects were made.</summary>
    public string? Order { get; init; }

    /// <summary>The columns; metadata.KEY is one of the shop's own. Without, those that are usual for the object.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Of vouchers: only those of the campaign with this id.</summary>
    public string? CampaignId { get; init; }

    /// <summary>Written as filters of segments are: {"junction":"and","FIELD":{"conditions":{"$OPERATOR":VALUE}}}.</summary>
    public IReadOnlyDictionary<string, object>? Filters { get; init; }
}

/// <summary>An export.</summary>
internal sealed record ExportResponse
{
    public required string Id { get; init; }

    public string Object { get; } = "export";

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>SCHEDULED, IN_PROGRESS, DONE or ERROR.</summary>
    public required string Status { get; init; }

    public required string Channel { get; init; }

    /// <summary>Where the file is; null until it is done, and when it has expired.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ExportLink? Result { get; init; }

    /// <summary>Always null: behind a key nobody is logged in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? UserId { get; init; }

    public required string ExportedObject { get; init; }

    /// <summary>Order, columns and filters as they hold.</summary>
    public required RawJson Parameters { get; init; }

    public static ExportResponse From(Export export, HttpContext http) => new()
    {
        Id = export.Id,
        CreatedAt = export.CreatedAt,
        Status = export.Status,
        Channel = export.Channel,
        Result = export.Token is { } token ? new ExportLink($"{Base(http)}/v1/exports/{export.Id}?token={token}") : null,
        ExportedObject = export.ExportedObject,
        Parameters = export.Parameters,
    };

    // Unless somebody said how others reach it, it is where it was asked.
    private static string Base(HttpContext http) =>
        http.RequestServices.GetRequiredService<IConfiguration>()["Distributions:PublicUrl"] is { Length: > 0 } known
            ? known.TrimEnd('/')
            : $"{http.Request.Scheme}://{http.Request.Host}";
}

/// <summary>Where a file is.</summary>
/// <param name="Url">Opens the file without a key until the export expires: whoever has it can read the file.</param>
internal sealed record ExportLink(string Url);

/// <summary>A page of exports.</summary>
internal sealed record ExportListResponse(IReadOnlyList<ExportResponse> Exports, long Total)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "exports";
}
