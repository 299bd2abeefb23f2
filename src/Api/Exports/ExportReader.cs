using Marketing.Http;

namespace Marketing.Exports;

/// <summary>Reads what an export is to contain.</summary>
internal static class ExportReader
{
    public static ExportDefinition Read(Payload body, string exportedObject)
    {
        var parameters = body.Object("parameters");
        return new ExportDefinition
        {
            ExportedObject = exportedObject,
            Order = parameters?.Line("order", TextLimits.Name) is { Length: > 0 } order ? order : null,
            Fields = parameters?.Texts("fields", ExportDefinition.MostFields, TextLimits.Name) ?? [],
            Filters = parameters?.RawObject("filters"),
        };
    }
}
