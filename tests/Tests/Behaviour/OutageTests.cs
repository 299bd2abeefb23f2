using Marketing.Storage;
using Marketing.Storage.Sqlite;
using Xunit;

namespace Marketing.Behaviour;

/// <summary>The database does not take writes for a while: another process holds it.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartAsync();
        _shop = await _engine.NewShopAsync();
    }

    public async ValueTask DisposeAsync() => await _engine.DisposeAsync();

    [Fact]
    public async Task What_was_sent_meanwhile_is_recorded_afterwards_and_not_sent_again()
    {
        await _shop.GivenCustomersAsync(1);
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        _engine.Channel.Hang(_shop, "c0");
        await _shop.TrackAsync("c0", "visit");
        await _shop.CountAsync(visits, counts => counts.Sending == 1);

        using (var other = Occupy())
        {
            _engine.Channel.Release();
            await _engine.EventuallyAsync(() => Task.FromResult(_engine.Log.ToString().Contains("wait for the database", StringComparison.Ordinal)));
            await Assert.ThrowsAsync<StorageUnavailableException>(() => _shop.TrackAsync("c0", "visit"));
            other.Execute("ROLLBACK");
        }

        var counts = await _shop.SettledAsync(visits, 1);
        Assert.Equal((1, 0, 0), (counts.Sent, counts.Failed, counts.Uncertain));
        Assert.Single(_shop.Received(visits));

        // And everything goes on.
        await _shop.TrackAsync("c0", "visit");
        Assert.Equal(2, (await _shop.SettledAsync(visits, 2)).Sent);
    }

    private SqliteSession Occupy()
    {
        var session = new SqliteSession(new SqliteDataSource(_engine.Service<SqliteDataPlaneOptions>().Writing));
        session.Execute("BEGIN IMMEDIATE");
        return session;
    }
}
