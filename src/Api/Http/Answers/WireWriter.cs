using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Marketing.Http;

/// <summary>
/// Writes a JSON answer. It is composed in a buffer of the thread first, so that a failure while composing can still become an
/// error answer, and so that the answer has a length instead of chunks.
/// </summary>
internal static class WireWriter
{
    private const int KeptCapacity = 256 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    public static Task WriteAsync<TState>(HttpResponse response, TState state, Action<Utf8JsonWriter, TState> compose)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(4096);
        var json = _json ??= new Utf8JsonWriter(buffer, Options);
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        try
        {
            compose(json, state);
            json.Flush();
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = buffer.WrittenCount;

            // Copied before the first await: the buffer belongs to the thread, not to the request.
            response.BodyWriter.Write(buffer.WrittenSpan);
        }
        finally
        {
            if (buffer.Capacity > KeptCapacity)
            {
                (_buffer, _json) = (null, null);
            }
        }

        var flush = response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
        return flush.IsCompletedSuccessfully ? Task.CompletedTask : flush.AsTask();
    }

    public static Task WriteAsync<T>(HttpResponse response, T value) =>
        WriteAsync(response, value, static (json, value) => JsonSerializer.Serialize(json, value, WireJson.Options));
}
