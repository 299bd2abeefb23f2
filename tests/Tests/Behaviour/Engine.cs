using Marketing.AsyncActions;
using Marketing.Channels;
using Marketing.Customers;
using Marketing.Distributions;
using Marketing.Exports;
using Marketing.Files;
using Marketing.Projects;
using Marketing.Segments;
using Marketing.Storage;
using Marketing.ValidationRules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.Reminders;
using Orleans.TestingHost;

namespace Marketing.Behaviour;

/// <summary>
/// The whole engine in this process, on files of its own; only the channels are scripted. With a clock given, time stands still until
/// the test moves it. It can be stopped, killed and started again on the same files.
/// </summary>
internal sealed class Engine : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("engine-");
    private readonly Dictionary<string, string?> _settings;
    private IHost? _host;

    private Engine(FakeTimeProvider? clock, Dictionary<string, string?> settings)
    {
        Clock = clock;
        _settings = settings;
    }

    /// <summary>Delivers to whoever has an email address; a message that runs out of attempts fails alone.</summary>
    public ScriptedChannel Channel { get; } = new("test", pausesWhenExhausted: false);

    /// <summary>Like a webhook: needs no address, and a message that runs out of attempts pauses the distribution.</summary>
    public ScriptedChannel Hook { get; } = new("hook", pausesWhenExhausted: true);

    /// <summary>A kind of background job that does as it is told.</summary>
    public ScriptedImport Import { get; } = new();

    /// <summary>A kind of object to export that does as it is told.</summary>
    public ScriptedExport Export { get; } = new();

    public FakeTimeProvider? Clock { get; }

    /// <summary>What the database is to do wrong next.</summary>
    public Interruptions Interruptions { get; } = new();

    public EngineLog Log { get; } = new();

    public DateTimeOffset Now => (Clock ?? TimeProvider.System).GetUtcNow();

    public IGrainFactory Grains => Service<IGrainFactory>();

    private IHost Host => _host ?? throw new InvalidOperationException("The engine is not running.");

    /// <summary>An engine in real time. Countdowns end at once, unless the settings say otherwise.</summary>
    public static Task<Engine> StartAsync(params (string Key, string Value)[] settings) => StartAsync(null, [("Distributions:ManualDelay", "00:00:00"), .. settings]);

    /// <summary>An engine whose clock only the test moves.</summary>
    public static Task<Engine> StartInTimeAsync(params (string Key, string Value)[] settings) =>
        StartAsync(new FakeTimeProvider(new DateTimeOffset(2030, 3, 1, 12, 0, 0, TimeSpan.Zero)), settings);

    /// <summary>Starts it on the same files, with these settings from now on.</summary>
    public async Task StartAgainAsync(params (string Key, string Value)[] settings)
    {
        foreach (var (key, value) in settings)
        {
            _settings[key] = value;
        }

        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Warning);
        if (Clock is not null)
        {
            builder.Services.AddSingleton<TimeProvider>(Clock);
            builder.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, Clock);
            builder.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        }

        builder.AddEmbeddedSilo();
        builder.Services.AddSingleton<IChannel>(Channel).AddSingleton<IChannel>(Hook).AddSingleton<IImport>(Import).AddSingleton<IExportSource>(Export).AddSingleton<IRuleTarget, ScriptedTarget>();
        InterruptedPart.Replace<ICatalogueVersions>(builder.Services, Interruptions);
        InterruptedPart.Replace<ICommitter>(builder.Services, Interruptions);
        InterruptedPart.Replace<ICustomerStore>(builder.Services, Interruptions);
        InterruptedPart.Replace<IDistributionStore>(builder.Services, Interruptions);
        InterruptedPart.Replace<IMessageQueue>(builder.Services, Interruptions);
        InterruptedPart.Replace<IReminderTable>(builder.Services, Interruptions);
        InterruptedPart.Replace<ISegmentStore>(builder.Services, Interruptions);
        _host = builder.Build();
        await _host.StartAsync(CancellationToken.None);
    }

    /// <summary>Ends the process politely.</summary>
    public async Task StopAsync()
    {
        await Host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)Host).DisposeAsync();
        _host = null;
    }

    /// <summary>Ends it without waiting for anything that is going on.</summary>
    public async Task KillAsync()
    {
        await Host.StopAsync(new CancellationToken(canceled: true));
        await ((IAsyncDisposable)Host).DisposeAsync();
        _host = null;
    }

    /// <summary>A part of the engine from the inside, to make a situation that only a crash makes.</summary>
    public T Service<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    /// <summary>A project nobody else uses.</summary>
    public async Task<Shop> NewShopAsync(string timeZone = "UTC")
    {
        var created = await Grains.ProjectDirectory.CreateAsync(new ProjectSettings { Name = "Shop", TimeZone = timeZone });
        return new Shop(this, created.Project);
    }

    public void Pass(TimeSpan time) => (Clock ?? throw new InvalidOperationException("This engine runs in real time.")).Advance(time);

    /// <summary>Waits until it is so, for a minute at most. A clock that is moved by hand goes on by a second at a time meanwhile, unless time does not pass.</summary>
    public async Task EventuallyAsync(Func<Task<bool>> isSo, Func<Task<string>>? otherwise = null, bool timePasses = true)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!await isSo())
        {
            if (patience.Elapsed > TimeSpan.FromMinutes(1))
            {
                Xunit.Assert.Fail($"It did not happen. {(otherwise is null ? "" : await otherwise())}\n{Log}");
            }

            await Task.Delay(20);
            Clock?.Advance(timePasses ? TimeSpan.FromSeconds(1) : TimeSpan.Zero);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Release();
        Hook.Release();
        if (_host is not null)
        {
            await StopAsync();
        }

        _data.Delete(recursive: true);
    }

    private static async Task<Engine> StartAsync(FakeTimeProvider? clock, (string Key, string Value)[] settings)
    {
        var engine = new Engine(clock, settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        engine._settings[DataDirectory.Key] = engine._data.FullName;
        await engine.StartAgainAsync();
        return engine;
    }
}
