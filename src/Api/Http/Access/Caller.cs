using System.Security.Cryptography;
using System.Text;
using Marketing.Projects;

namespace Marketing.Http;

/// <summary>Who sent the request, as authenticated, and how a repetition of it is recognised. Handlers take it as a parameter.</summary>
internal sealed class Caller
{
    private const string IdempotencyHeader = "Idempotency-Key";
    private const int MaxIdempotencyKey = 255;
    private const string ClientSide = "client:";
    private const string ServerSide = "server:";

    private readonly HttpContext _http;
    private readonly AccessKey _key;

    private Caller(HttpContext http, AccessKey key)
    {
        _http = http;
        _key = key;
        IdempotencyKey = ReadIdempotencyKey(http.Request);
    }

    /// <summary>The project the key opens.</summary>
    public Project Project => _key.Project ?? throw new InvalidOperationException("A management key opens no project.");

    /// <summary>Its number, which addresses its grains.</summary>
    public int Number => Project.Number;

    public string RequestId => _http.TraceIdentifier;

    /// <summary>The application id of the key, or of the key that the token stands for.</summary>
    public string AppId => _key.AppId;

    public bool IsClientSide => _key.Kind == AccessKeys.Client;

    /// <summary>The caller's own name for this request, the same when it is repeated; null when none was given.</summary>
    public string? IdempotencyKey { get; }

    public static ValueTask<Caller?> BindAsync(HttpContext context)
    {
        // No key here means an endpoint outside every authenticated group asks for a caller: a bug, not an anonymous request.
        var key = context.Features.Get<AccessKey>() ?? throw new InvalidOperationException("The endpoint is not on an authenticated surface.");
        return ValueTask.FromResult<Caller?>(new Caller(context, key));
    }

    /// <summary>The context of a command.</summary>
    /// <param name="body">What is hashed into the fingerprint: the body without what differs between two identical uploads.</param>
    /// <param name="query">What of the query makes it another request.</param>
    public CommandContext Context(ReadOnlySpan<byte> body, string query = "") => new()
    {
        RequestId = RequestId,
        Channel = IsClientSide ? "CLIENT_API" : "API",
        AppId = _key.AppId,
        IdempotencyKey = IdempotencyKey,
        Fingerprint = IdempotencyKey is null ? null : Fingerprint(body, query),
    };

    /// <summary>
    /// The id of an object this request creates: derived from the idempotency key if there is one, so that a repetition finds the same object.
    /// </summary>
    public string NewId(string prefix) => IdempotencyKey is null ? ObjectIds.New(prefix) : Ids.Derived(prefix, Number, IdempotencyKey);

    private string Fingerprint(ReadOnlySpan<byte> body, string query)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{_http.Request.Method} {_http.Request.Path.Value?.TrimEnd('/')}{query}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private string? ReadIdempotencyKey(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method) || !request.Headers.TryGetValue(IdempotencyHeader, out var values))
        {
            return null;
        }

        var value = values.ToString();
        if (value.Length is 0 or > MaxIdempotencyKey)
        {
            throw new RefusedException(new ApiError(
                400, "invalid_idempotency_key", "Invalid idempotency key", $"{IdempotencyHeader} must have 1 to {MaxIdempotencyKey} characters"));
        }

        return NameOf(IsClientSide, value);
    }

    /// <summary>
    /// The key as it is stored, where both sides of a project share one table. Client-side keys are public: whoever has one must neither use up a key of the
    /// shop's server nor reach what it made. So no text a server sends is stored as one that a client's is, whatever it begins with.
    /// </summary>
    internal static string NameOf(bool isClientSide, string key) =>
        isClientSide ? ClientSide + key
        : key.StartsWith(ClientSide, StringComparison.Ordinal) || key.StartsWith(ServerSide, StringComparison.Ordinal) ? ServerSide + key
        : key;
}
