using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketing.Storage;

public sealed class ReminderTests : IDisposable
{
    // A tick that never comes would otherwise hold the run for ever.
    private const int TooLong = 60_000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly DatabaseFile _database = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2030, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_reminder_is_listed_until_it_is_unregistered()
    {
        await using var host = await ControlPlaneHost.StartAsync(_database, _clock);
        var notebook = host.Notebook("a");

        await notebook.RemindAsync("tea", Day, Day);
        await notebook.RemindAsync("lunch", Day, Day);
        await host.Notebook("b").RemindAsync("dinner", Day, Day);
        Assert.Equal(["lunch", "tea"], await notebook.RemindersAsync());

        await notebook.StopRemindingAsync("lunch");
        Assert.Equal(["tea"], await notebook.RemindersAsync());
        Assert.Equal(["dinner"], await host.Notebook("b").RemindersAsync());
    }

    [Fact(Timeout = TooLong)]
    public async Task A_reminder_fires_at_its_time_and_again_after_its_period()
    {
        await using var host = await ControlPlaneHost.StartAsync(_database, _clock);
        var notebook = host.Notebook("a");

        using var first = new ReminderArmed(notebook, "tea");
        await notebook.RemindAsync("tea", 2 * Minute, Minute);
        await first.WaitAsync(TestContext.Current.CancellationToken);
        using var second = new ReminderArmed(notebook, "tea");
        _clock.Advance(2 * Minute);
        Assert.Equal("a/tea", await host.Ticks.NextAsync(TestContext.Current.CancellationToken));

        await second.WaitAsync(TestContext.Current.CancellationToken);
        _clock.Advance(Minute);
        Assert.Equal("a/tea", await host.Ticks.NextAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = TooLong)]
    public async Task An_updated_reminder_is_one_reminder_with_the_new_time()
    {
        await using var host = await ControlPlaneHost.StartAsync(_database, _clock);
        var notebook = host.Notebook("a");
        await notebook.RemindAsync("tea", Day, Day);

        using var armed = new ReminderArmed(notebook, "tea");
        await notebook.RemindAsync("tea", Minute, Day);
        await armed.WaitAsync(TestContext.Current.CancellationToken);
        _clock.Advance(Minute);

        Assert.Equal("a/tea", await host.Ticks.NextAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["tea"], await notebook.RemindersAsync());
    }

    [Fact(Timeout = TooLong)]
    public async Task A_reminder_survives_a_restart_and_fires_at_its_time()
    {
        await using (var before = await ControlPlaneHost.StartAsync(_database, _clock))
        {
            await before.Notebook("a").RemindAsync("tea", Minute, Day);
            await before.Notebook("a").RemindAsync("lunch", Minute, Day);
            await before.Notebook("a").StopRemindingAsync("lunch");
        }

        using var armed = new ReminderArmed(GrainId.Create("test.notebook", "a"), "tea");
        await using var after = await ControlPlaneHost.StartAsync(_database, _clock);
        await armed.WaitAsync(TestContext.Current.CancellationToken);
        _clock.Advance(Minute);

        Assert.Equal("a/tea", await after.Ticks.NextAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["tea"], await after.Notebook("a").RemindersAsync());
    }

    [Fact(Timeout = TooLong)]
    public async Task A_reminder_can_be_registered_again_after_it_was_unregistered()
    {
        await using var host = await ControlPlaneHost.StartAsync(_database, _clock);
        var notebook = host.Notebook("a");
        await notebook.RemindAsync("tea", Day, Day);
        await notebook.StopRemindingAsync("tea");

        using var armed = new ReminderArmed(notebook, "tea");
        await notebook.RemindAsync("tea", Minute, Day);
        await armed.WaitAsync(TestContext.Current.CancellationToken);
        _clock.Advance(Minute);

        Assert.Equal("a/tea", await host.Ticks.NextAsync(TestContext.Current.CancellationToken));
    }
}
