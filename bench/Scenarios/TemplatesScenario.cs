using System.Diagnostics;
using System.Text;
using Marketing.Templates;

namespace Marketing.Bench.Scenarios;

/// <summary>What rendering alone takes: no queue, no mail server.</summary>
internal sealed class TemplatesScenario : IScenario
{
    private const string Subject = "{{ customer.name | default: 'Hello' }}, your order {{ order.source_id }}";

    // 25 outputs, a loop, conditions and filters: a mail as shops write them.
    private const string Html = """
        <html><body><h1>Dear {{ customer.name | capitalize }}</h1><p>{{ customer.email }} {{ customer.phone }} {{ customer.metadata.tier | upcase }} {{ customer.metadata.city }}</p>
        {% if customer.metadata.tier == 'gold' %}<p>{{ customer.summary.orders.total_amount | money }} in {{ customer.summary.orders.total_count }} orders</p>{% else %}<p>{{ customer.loyalty.points }}</p>{% endif %}
        <table>{% for item in order.items %}<tr><td>{{ forloop.index }}</td><td>{{ item.name | escape }}</td><td>{{ item.quantity }}</td><td>{{ item.price | money }}</td></tr>{% endfor %}</table>
        <p>{{ order.amount | money }} {{ order.discount_amount | money }} {{ order.total_amount | money }} {{ order.status | downcase }} {{ order.metadata.note | default: 'none' | truncate: 40 }}</p>
        {% assign first_name = customer.name | split: ' ' | first %}<p>{{ first_name }} {{ customer.address.city }} {{ customer.address.country }} {{ event.type }} {{ customer.created_at | date: '%d.%m.%Y' }}</p>
        <p>{{ distribution.name }} {{ project.id }} <a href="{{ unsubscribe_url }}">{{ 'unsubscribe' | capitalize }}</a></p></body></html>
        """;

    private static readonly byte[] Customer = Encoding.UTF8.GetBytes("""
        {"id":"cust_1","name":"ada Lovelace","email":"ada@example.com","phone":"+441234567","created_at":"2026-03-05T10:00:00Z","address":{"city":"London","country":"GB"},
         "metadata":{"tier":"gold","city":"London"},"summary":{"orders":{"total_amount":12345,"total_count":7}},"loyalty":{"points":120}}
        """);

    private static readonly byte[] Data = Encoding.UTF8.GetBytes("""
        {"order":{"source_id":"1001","status":"PAID","amount":12900,"discount_amount":900,"total_amount":12000,"metadata":{"note":"Leave it at the door, please, and ring twice or thrice"},
         "items":[{"name":"Tea & biscuits","quantity":2,"price":450},{"name":"Cup","quantity":1,"price":900},{"name":"Kettle <big>","quantity":1,"price":11100}]},"event":{"type":"customer.order.paid"}}
        """);

    public string Name => "templates";

    public string What => "a subject and an HTML part of 25 outputs rendered from a customer and an order, on one thread and on all";

    public Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        var engine = new TemplateEngine(TimeProvider.System);
        CompiledTemplate[] parts = [Compile(engine, Subject, TemplateKind.Header), Compile(engine, Html, TemplateKind.Html)];
        Measure(parts, TimeSpan.FromSeconds(3), threads: 1);
        var one = Measure(parts, TimeSpan.FromSeconds(options.Seconds), threads: 1);
        var all = Measure(parts, TimeSpan.FromSeconds(options.Seconds), Environment.ProcessorCount);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Render(parts);
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new Figure("mails rendered on one thread", one, "/s"),
            new Figure($"mails rendered on {Environment.ProcessorCount} threads", all, "/s"),
            new Figure("memory a mail", (GC.GetAllocatedBytesForCurrentThread() - before) / 1024.0, "KiB"),
        ]);
    }

    private static double Measure(CompiledTemplate[] parts, TimeSpan time, int threads)
    {
        var watch = Stopwatch.StartNew();
        var counts = new long[threads];
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
        {
            while (watch.Elapsed < time)
            {
                Render(parts);
                counts[thread]++;
            }
        });
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static void Render(CompiledTemplate[] parts)
    {
        var model = new TemplateModel(Customer, Data)
            .With("distribution", new Dictionary<string, object?> { ["id"] = "dist_1", ["name"] = "Thank you" })
            .With("project", new Dictionary<string, object?> { ["id"] = "proj_1" })
            .With("unsubscribe_url", "https://shop.example/u/1.abc?x=1&y=2");
        foreach (var part in parts)
        {
            part.Render(model);
        }
    }

    private static CompiledTemplate Compile(TemplateEngine engine, string source, TemplateKind kind) => engine.Compile(source, kind, scope: null) switch
    {
        CompileResult.Ok ok => ok.Template,
        CompileResult.Invalid invalid => throw new InvalidOperationException(string.Join(' ', invalid.Problems)),
        _ => throw new UnreachableException(),
    };
}
