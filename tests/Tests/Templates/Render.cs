using System.Text;

namespace Marketing.Templates;

/// <summary>Renders one template over a customer and trigger data written as JSON.</summary>
internal static class Render
{
    public const string Ada = """
        {"id":"cust_1","name":"Ada Lovelace","email":"ada@example.com","phone":null,"metadata":{"tier":"gold","big":12345678901,"rate":1.50},
         "summary":{"orders":{"total_amount":12345,"total_count":2}}}
        """;

    private const string Data = """
        {"order":{"amount":9950,"items":[{"name":"Tea","quantity":2},{"name":"Cup <big>","quantity":1}]},"event":{"metadata":{"x":"y"}},"segment":{"name":"VIP"}}
        """;

    public static string Text(string source, string customer = Ada) => Of(source, TemplateKind.Text, customer);

    public static string Html(string source, string customer = Ada) => Of(source, TemplateKind.Html, customer);

    public static string Of(string source, TemplateKind kind, string customer = Ada) => Compile(source, kind).Render(Model(customer));

    public static CompiledTemplate Compile(string source, TemplateKind kind = TemplateKind.Text) =>
        new TemplateEngine(TimeProvider.System).Compile(source, kind, scope: null) switch
        {
            CompileResult.Ok ok => ok.Template,
            CompileResult.Invalid invalid => throw new InvalidOperationException(string.Join(" ", invalid.Problems)),
            var other => throw new InvalidOperationException(other.ToString()),
        };

    public static TemplateModel Model(string customer = Ada) =>
        new TemplateModel(Encoding.UTF8.GetBytes(customer), Encoding.UTF8.GetBytes(Data)).With("unsubscribe_url", "https://x.test/u?a=1&b=2");

    public static IReadOnlyList<TemplateProblem> Problems(string source, params string[] roots) =>
        new TemplateEngine(TimeProvider.System).Compile(source, TemplateKind.Text, TestScopes.Compose(roots)) is CompileResult.Invalid invalid ? invalid.Problems : [];
}
