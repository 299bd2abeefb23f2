namespace Marketing.Engines;

/// <summary>A call that is made to both engines. <c>{name.id}</c> and <c>{name.created_at}</c> are what an engine has answered before.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path with its query.</param>
/// <param name="Body">The body, if any.</param>
/// <param name="Name">What the answer is remembered as.</param>
/// <param name="Pages">How the list goes on: the parameter, and how many pages are read at most.</param>
internal sealed record EngineCall(string Method, string Path, string? Body = null, string? Name = null, (string Parameter, int Most)? Pages = null)
{
    public static EngineCall Get(string path) => new("GET", path);

    public static EngineCall Walk(string path, string parameter) => new("GET", path, Pages: (parameter, 4));

    public static EngineCall Post(string path, string? body = null, string? name = null) => new("POST", path, body, name);

    public override string ToString() => $"{Method} {Path} {Body}";
}
