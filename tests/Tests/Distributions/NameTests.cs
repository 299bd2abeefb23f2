using Marketing.Behaviour;
using Xunit;

namespace Marketing.Distributions;

/// <summary>Names of distributions are unique in a project, whoever is faster.</summary>
public sealed class NameTests : IAsyncLifetime
{
    private const int AtOnce = 16;
    private const string Ghost = "dis_ghost";

    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartAsync();
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Of_those_made_at_once_with_one_name_one_is_made_and_the_others_are_refused()
    {
        var ids = Enumerable.Range(0, AtOnce).Select(number => $"dis_{number}").ToArray();
        var results = await Task.WhenAll(ids.Select(id => _shop.Distribution(id).CreateAsync(Named("Summer"), Shop.Context())));

        Assert.Single(results, result => result is DistributionResult.Done);
        AssertRefused(results.Where(result => result is not DistributionResult.Done));
        await _engine.KillAsync();
        await _engine.StartAgainAsync();
        var found = (await Task.WhenAll(ids.Select(id => _shop.Distribution(id).FindAsync()))).OfType<Distribution>();
        Assert.Equal(Assert.Single(found).Id, Assert.Single(await _shop.ListedAsync()).Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_those_renamed_at_once_to_one_name_one_has_it_and_the_others_keep_theirs(bool live)
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(number => live
            ? _shop.GivenActiveAsync(Named($"Spring {number}"))
            : _shop.GivenDistributionAsync(Named($"Spring {number}"))));

        var results = await Task.WhenAll(ids.Select(id => _shop.Distribution(id).EditAsync(Named("Summer"))));

        Assert.Single(results, result => result is DistributionResult.Done);
        AssertRefused(results.Where(result => result is not DistributionResult.Done));
        await ShownAsListedAsync(ids);
        await _engine.KillAsync();
        await _engine.StartAgainAsync();
        await ShownAsListedAsync(ids);
    }

    [Fact]
    public async Task A_refused_rename_leaves_a_live_one_as_it_was()
    {
        await _shop.GivenCustomerAsync("ann");
        await _shop.GivenDistributionAsync(Named("Summer"));
        var visits = await _shop.GivenActiveAsync(Named("Visits"));

        var refused = await _shop.Distribution(visits).EditAsync(Named("Summer") with { Channels = [Shop.Through("test", "Edited")] });

        AssertRefused([refused]);
        await _shop.TrackAsync("ann", "visit");
        await _shop.SettledAsync(visits, 1);
        var sent = Assert.Single(_shop.Received(visits));
        Assert.Equal(("Visits", "Hello"), (sent.DistributionName, sent.Channel.Template!.Text));
    }

    [Fact]
    public async Task Copies_made_at_once_all_get_a_name()
    {
        var one = await _shop.GivenDistributionAsync(Named("Summer"));
        var copies = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(number => number % 2 == 0
            ? _shop.Distribution(one).DuplicateAsync($"copy_{number}", Shop.Context())
            : _shop.Distribution($"copy_{number}").CreateAsync(Named($"Summer (copy {number})"), Shop.Context())));

        Assert.All(copies.Where((_, number) => number % 2 == 0), copy => Assert.IsType<DistributionResult.Done>(copy));
        var listed = await _shop.ListedAsync();
        Assert.Equal(listed.Count, listed.Select(distribution => distribution.Draft.Name).Distinct().Count());
    }

    [Fact]
    public async Task What_an_earlier_version_left_without_a_row_is_nothing()
    {
        await _shop.LeaveInGrainStorageAsync<DistributionState>(_shop.Distribution(Ghost), "distribution", state =>
            state.View = new Distribution { Id = Ghost, Number = 99, Draft = Named("Summer"), Status = DistributionStatuses.Draft });

        Assert.Null(await _shop.Distribution(Ghost).FindAsync());
        Assert.IsType<DistributionResult.NotFound>(await _shop.Distribution(Ghost).ActivateAsync());
        Assert.IsType<DistributionResult.Done>(await _shop.Distribution(Ghost).CreateAsync(Named("Summer"), Shop.Context("k", "a")));
        await _engine.KillAsync();
        await _engine.StartAgainAsync();
        Assert.IsType<DistributionResult.Done>(await _shop.Distribution(Ghost).CreateAsync(Named("Summer"), Shop.Context("k", "a")));
        Assert.IsType<DistributionResult.KeyReused>(await _shop.Distribution(Ghost).CreateAsync(Named("Summer"), Shop.Context("k", "b")));
        Assert.Equal("Summer", (await _shop.ListedAsync(Ghost)).Draft.Name);
    }

    [Fact]
    public async Task A_name_that_only_grain_storage_has_is_not_its_name()
    {
        var visits = await _shop.GivenDistributionAsync(Named("Visits"));
        await _engine.KillAsync();
        await _engine.StartAgainAsync();
        await _shop.LeaveInGrainStorageAsync<DistributionState>(_shop.Distribution(visits), "distribution", state =>
            state.View = (state.View ?? new Distribution { Id = visits, Draft = Named("Visits"), Status = DistributionStatuses.Draft }) with { Draft = Named("Summer") });

        await ShownAsListedAsync([visits]);
        Assert.Equal("Visits", (await _shop.FindAsync(visits)).Draft.Name);
    }

    private DistributionDraft Named(string name) => _shop.OnEvent("visit") with { Name = name };

    private async Task ShownAsListedAsync(string[] ids)
    {
        var listed = (await _shop.ListedAsync()).ToDictionary(distribution => distribution.Id, distribution => distribution.Draft.Name);
        foreach (var id in ids)
        {
            Assert.Equal(listed[id], (await _shop.FindAsync(id)).Draft.Name);
        }

        Assert.Equal(listed.Count, listed.Values.Distinct().Count());
    }

    private static void AssertRefused(IEnumerable<DistributionResult> results) => Assert.All(
        results, result => Assert.Equal("name", Assert.Single(Assert.IsType<DistributionResult.Invalid>(result).Problems).Field));
}
