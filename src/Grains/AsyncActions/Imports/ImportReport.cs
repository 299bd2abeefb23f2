using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Marketing.AsyncActions;

/// <summary>What a job has to say so far. It is kept with the job from the first part on, as its result on the wire, so that it survives a crash.</summary>
internal sealed class ImportReport
{
    // What is longer is cut; the counts stay true.
    private const int MostFailures = 10_000;
    private const int MostWarnings = 1_000;

    private readonly List<ImportProblem> _failed = [];
    private readonly List<ImportProblem> _warnings = [];

    private RowCounts _counts;
    private long _failures;
    private long _warned;

    /// <summary>As it was written.</summary>
    public static ImportReport Read(byte[]? result)
    {
        var report = new ImportReport();
        if (result is not null && JsonNode.Parse(result)!.AsObject() is var read)
        {
            report._failed.AddRange(Problems(read, "failed"));
            report._warnings.AddRange(Problems(read, "warnings"));
            report._failures = Number(read, "failed_count");
            report._warned = Number(read, "warnings_count");
            report._counts = new RowCounts(Number(read, "created_count"), Number(read, "updated_count"), Number(read, "unchanged_count"));
        }

        return report;
    }

    public void Add(ImportStep step)
    {
        _counts += step.Counts;
        _failures += step.Failed.Count;
        _warned += step.Warnings.Count;
        _failed.AddRange(step.Failed.Take(MostFailures - _failed.Count));
        _warnings.AddRange(step.Warnings.Take(MostWarnings - _warnings.Count));
    }

    /// <summary>Counts rows of a part that never came to its end.</summary>
    public void Add(IEnumerable<bool> creates) => _counts = creates.Aggregate(_counts, static (counts, created) => counts.Plus(created));

    /// <summary>The result after so many rows; the message is the usual one unless there is another.</summary>
    public byte[] Write(IImport import, long rows, string? message = null) => Write(json =>
    {
        message ??= import.Imported is { } row ? $"{rows - _failures} {row}(s) imported successfully, {_failures} failed." : null;
        if (message is not null)
        {
            json.WriteString("message"u8, message);
        }

        WriteCounts(json, import, rows);
    });

    /// <summary>The result of a job that was only tried out.</summary>
    public byte[] WriteTrial(IImport import, long rows, bool complete, Action<Utf8JsonWriter> mapping) => Write(json =>
    {
        json.WriteBoolean("dry_run"u8, true);
        json.WriteString("message"u8, $"{rows - _failures} {import.Imported}(s) would be imported, {_failures} would fail.{(complete ? "" : $" The first {rows} rows were looked at.")}");
        json.WriteBoolean("complete"u8, complete);
        mapping(json);
        WriteCounts(json, import, rows);
    });

    private void WriteCounts(Utf8JsonWriter json, IImport import, long rows)
    {
        WriteProblems(json, "failed", _failed, import.IsFile);
        json.WriteNumber("done_count"u8, rows - _failures);
        json.WriteNumber("failed_count"u8, _failures);
        if (import.CountsApart)
        {
            json.WriteNumber("created_count"u8, _counts.Created);
            json.WriteNumber("updated_count"u8, _counts.Updated);
            json.WriteNumber("unchanged_count"u8, _counts.Unchanged);
        }

        if (import.IsFile)
        {
            WriteProblems(json, "warnings", _warnings, isFile: true);
            json.WriteNumber("warnings_count"u8, _warned);
        }

        if (import.Imported is null)
        {
            json.WriteStartArray("reports"u8);
            json.WriteEndArray();
            WriteErrors(json);
        }
    }

    private static void WriteProblems(Utf8JsonWriter json, string name, List<ImportProblem> problems, bool isFile)
    {
        json.WriteStartArray(name);
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("source_id"u8, problem.SourceId ?? (isFile ? "" : null));
            json.WriteNumber("row"u8, problem.Row);
            if (isFile && problem.Column is not null)
            {
                json.WriteString("column"u8, problem.Column);
            }

            json.WriteString("reason"u8, problem.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteErrors(Utf8JsonWriter json)
    {
        json.WriteStartArray("errors"u8);
        foreach (var failure in _failed)
        {
            json.WriteStartObject();
            json.WriteString("message"u8, "Invalid payload");
            json.WriteString("details"u8, failure.Reason);
            json.WriteString("key"u8, "invalid_payload");
            json.WriteString("source_id"u8, failure.SourceId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = WireJson.Options.Encoder }))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static IEnumerable<ImportProblem> Problems(JsonObject read, string name) =>
        (read[name]?.AsArray() ?? []).Select(problem => new ImportProblem(
            problem!["row"]!.GetValue<long>(), problem["source_id"]?.GetValue<string>(), problem["reason"]!.GetValue<string>(), problem["column"]?.GetValue<string>()));

    private static long Number(JsonObject read, string name) => read[name]?.GetValue<long>() ?? 0;
}
