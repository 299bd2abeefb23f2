using Marketing.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Marketing.Browser;

/// <summary>A real API process with its own data, and Debian's chromium. The countdown takes three seconds.</summary>
public sealed class Manager : IAsyncLifetime
{
    public const string Collection = "The manager";

    private static readonly string[] Chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public EngineProcess Engine { get; } = new(new Dictionary<string, string>
    {
        ["Distributions:ManualDelay"] = "00:00:03",
        ["Distributions:Webhooks:AllowPrivateNetworks"] = "true",
    });

    public ShopClient Shop => Engine.Shop;

    /// <summary>Where screenshots of the run are left for who reviews it.</summary>
    public static string Screens { get; } = Directory.CreateDirectory(
        Environment.GetEnvironmentVariable("DISTRIBUTIONS_SCREENSHOTS") ?? Path.Combine(AppContext.BaseDirectory, "screens")).FullName;

    public async ValueTask InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable("DISTRIBUTIONS_CHROMIUM") ?? Chromium.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("These tests need chromium: apt-get install chromium, or say where it is in DISTRIBUTIONS_CHROMIUM.");
        await Engine.StartAsync();
        await Shop.BrandAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox", "--disable-gpu"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        await Engine.DisposeAsync();
    }

    /// <summary>A browser of its own, signed in unless said otherwise.</summary>
    /// <param name="signedIn">Whether with the key of the first project.</param>
    /// <param name="zone">Where the browser is.</param>
    /// <param name="language">What its user reads.</param>
    /// <param name="at">The origin, where it is not this process.</param>
    public async Task<Visitor> VisitAsync(bool signedIn = true, string zone = "UTC", string language = "en-US", string? at = null)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = at ?? $"http://127.0.0.1:{Engine.Port}",
            ViewportSize = new() { Width = 1280, Height = 800 },
            TimezoneId = zone,
            Locale = language,
            ColorScheme = ColorScheme.Light,
        });
        context.SetDefaultTimeout(15_000);
        var visitor = new Visitor(context);
        if (signedIn)
        {
            var answer = await context.APIRequest.PostAsync("/ui/session", new()
            {
                DataObject = new { app_id = "test-app", app_token = "test-token" },
                Headers = new Dictionary<string, string> { ["X-Distributions-Ui"] = "1" },
            });
            Assert.Equal(200, answer.Status);
        }

        return visitor;
    }

    /// <summary>Mails that were sent to an address, as files.</summary>
    public IReadOnlyList<string> MailsTo(string address)
    {
        var outbox = Path.Combine(Engine.Directory, "outbox");
        return !Directory.Exists(outbox) ? []
            : [.. Directory.EnumerateFiles(outbox, "*.eml", SearchOption.AllDirectories).Select(File.ReadAllText).Where(mail => mail.Contains(address, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>Customers of a shop with a plan of their own, and the segment of them.</summary>
    public async Task<string> AudienceAsync(string plan, int customers, int withoutAddress = 0)
    {
        for (var i = 0; i < customers; i++)
        {
            await Shop.PostAsync("/v1/customers", new { source_id = $"{plan}-{i}", name = $"{plan} {i}", email = i < withoutAddress ? null : $"{i}@{plan}.example", metadata = new { plan } });
        }

        var segment = await Shop.SegmentAsync(plan, "metadata.plan", "$is", plan);
        await Shop.SyncedAsync(segment);
        return segment;
    }

    /// <summary>A complete draft of a manual mail to a segment.</summary>
    public static object Mail(string name, string segment) => new
    {
        name,
        type = "manual",
        audience = new { segment_id = segment },
        action = new { type = "plain_message" },
        channels = new[] { new { type = "email", template = new { subject = name, html = "<p>Hi {{ customer.name }} <a href=\"{{ unsubscribe_url }}\">unsubscribe</a></p>" } } },
    };
}

/// <summary>The scenarios share one process and take turns.</summary>
[CollectionDefinition(Manager.Collection)]
public sealed class ManagerScenarios : ICollectionFixture<Manager>;
