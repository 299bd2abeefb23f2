using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Marketing.Http;

/// <summary>A small body of names and values, <c>application/x-www-form-urlencoded</c>. Handlers take it as a parameter.</summary>
internal sealed class FormBody
{
    private const string ContentType = "application/x-www-form-urlencoded";

    // Nobody has more to say this way.
    private const int MaxBytes = 16 * 1024;

    private readonly Dictionary<string, StringValues> _values;

    private FormBody(Dictionary<string, StringValues> values) => _values = values;

    public static async ValueTask<FormBody?> BindAsync(HttpContext context)
    {
        if (context.Request.ContentType?.Split(';')[0].Trim() is not { } type || !type.Equals(ContentType, StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedException(ApiError.UnsupportedMediaType(ContentType));
        }

        var body = await PooledBody.ReadAsync(context, MaxBytes);
        if (BodyText.Problem(body.Memory.Span) is { } problem)
        {
            throw new RefusedException(ApiError.InvalidPayload(problem));
        }

        return new FormBody(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Memory.Span)));
    }

    /// <summary>The value of a name; null where it is not given, or empty.</summary>
    public string? Text(string name) => !_values.TryGetValue(name, out var values) || string.IsNullOrEmpty(values[0]) ? null
        : values.Count == 1 ? values[0]
        : throw new RefusedException(ApiError.InvalidPayload($"Payload property '.{name}' must NOT be given more than once"));
}
