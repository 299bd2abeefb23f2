using System.Text.Json;
using Marketing.AsyncActions;

namespace Marketing.Customers.Imports;

/// <summary>The same metadata for many customers, named by source id; missing ones are created.</summary>
internal sealed class CustomersMetadataUpdate(CustomerBulk customers) : IImport
{
    private const int Part = 1_000;

    public string Type => AsyncActionTypes.CustomersMetadataUpdate;

    public string? Imported => null;

    public bool CountsApart => true;

    public async IAsyncEnumerable<ImportStep> RunAsync(ImportJob job)
    {
        var (sources, metadata) = Parse(job.Payload);
        var patch = new CustomerPatch { Present = CustomerFields.Metadata, Metadata = metadata };
        for (var start = (int)job.Cursor; start < sources.Length; start += Part)
        {
            var end = Math.Min(sources.Length, start + Part);
            var changes = new List<CustomerRowChange>();
            for (var i = start; i < end; i++)
            {
                changes.Add(new CustomerRowChange(i + 1, null, sources[i], patch with { SourceId = sources[i] }));
            }

            var failures = new List<ImportProblem>();
            var counts = await customers.ApplyAsync(job, changes, failures);
            yield return new ImportStep(end, sources.Length, failures) { Counts = counts };
        }
    }

    private static (string[] Sources, RawJson Metadata) Parse(byte[] payload)
    {
        try
        {
            var root = JsonElement.Parse(payload);
            var metadata = root.GetProperty("metadata");
            return metadata.ValueKind == JsonValueKind.Object
                ? ([.. root.GetProperty("source_ids").EnumerateArray().Select(id => id.GetString() ?? throw new ImportRefusedException("source_ids must be strings"))], RawJson.From(metadata))
                : throw new ImportRefusedException("metadata must be an object");
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ImportRefusedException("The body must have source_ids, an array of strings, and metadata, an object");
        }
    }
}
