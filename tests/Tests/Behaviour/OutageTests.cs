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

    [Theory]
    [InlineData(null)]
    [InlineData("hold")]
    public async Task A_mark_whose_answer_got_lost_makes_nothing_uncertain(string? uncertain)
    {
        await _shop.GivenCustomersAsync(3);
        var visits = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Uncertain = uncertain });
        _engine.Interruptions.Lose<ICommitter, Commit>(nameof(ICommitter.CommitAsync), commit => commit.Moves.Exists(move => move.To == MessageStatus.Sending));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(number => _shop.TrackAsync($"c{number}", "visit")));

        var counts = await _shop.SettledAsync(visits, 3);
        Assert.Equal((3, 0, 0, 0), (counts.Sent, counts.Failed, counts.Uncertain, counts.Recovered));
        Assert.Equal(["c0", "c1", "c2"], _shop.ReceiversOf(visits).Order(StringComparer.Ordinal));
        Assert.All(await _shop.MessagesAsync(visits), message => Assert.Equal(1, message.Attempts));
    }

    private SqliteSession Occupy()
    {
        var session = new SqliteSession(new SqliteDataSource(_engine.Service<SqliteDataPlaneOptions>().Writing));
        session.Execute("BEGIN IMMEDIATE");
        return session;
    }
}
