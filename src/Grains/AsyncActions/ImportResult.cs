using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Storage;

namespace Marketing.AsyncActions;

/// <summary>The result of a job as wire JSON. It is kept from the first part on, so that a report survives a crash.</summary>
internal static class ImportResult
{
    /// <summary>A report longer than this is cut; the count stays true.</summary>
    private const int LongestReport = 10_000;

    public static byte[] Write(IImport import, long cursor, List<ImportFailure> failed)
    {
        var done = cursor - failed.Count;
        var result = new JsonObject();
        if (import.Imported is { } row)
        {
            result["message"] = $"{done} {row}(s) imported successfully, {failed.Count} failed.";
        }

        result["failed"] = new JsonArray([.. failed.Take(LongestReport).Select(failure => new JsonObject
        {
            ["source_id"] = failure.SourceId ?? (import.Type == AsyncActionTypes.CustomersImport ? "" : null),
            ["row"] = failure.Row,
            ["reason"] = failure.Reason,
        })]);
        result["done_count"] = done;
        result["failed_count"] = failed.Count;
        if (import.Imported is null)
        {
            result["reports"] = new JsonArray();
            result["errors"] = new JsonArray([.. failed.Take(LongestReport).Select(failure => new JsonObject
            {
                ["message"] = "Invalid payload",
                ["details"] = failure.Reason,
                ["key"] = "invalid_payload",
                ["source_id"] = failure.SourceId,
            })]);
        }

        return JsonSerializer.SerializeToUtf8Bytes(result);
    }

    /// <summary>The result of a job that was ended before it was through: what was reported so far, and why.</summary>
    public static byte[] Ended(string message, AsyncActionRow row)
    {
        var result = row.Result is null ? new JsonObject { ["failed"] = new JsonArray(), ["failed_count"] = 0 } : JsonNode.Parse(row.Result)!.AsObject();
        result["message"] = message;
        result["done_count"] = row.Cursor - result["failed_count"]!.GetValue<long>();
        return JsonSerializer.SerializeToUtf8Bytes(result);
    }

    public static List<ImportFailure> Failures(byte[]? result) => result is null
        ? []
        : [.. (JsonNode.Parse(result)!["failed"]?.AsArray() ?? []).Select(failure => new ImportFailure(
            failure!["row"]!.GetValue<long>(), failure["source_id"]?.GetValue<string>(), failure["reason"]!.GetValue<string>()))];
}
