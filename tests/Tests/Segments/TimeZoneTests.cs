using Marketing.Behaviour;
using Marketing.Customers;
using Marketing.Projects;
using Xunit;

namespace Marketing.Segments;

/// <summary>Segments of a project whose time zone changes. It is noon of the first of March in UTC, and two in the morning of the second on Kiritimati.</summary>
public sealed class TimeZoneTests : IAsyncLifetime
{
    private const string Today = """{"metadata.day":{"conditions":{"$today":[true]}}}""";
    private const string BeforeTen = """{"metadata.day":{"conditions":{"$before":["2030-03-01T10:00:00Z"]}}}""";
    private const string Kiritimati = "Pacific/Kiritimati";

    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartInTimeAsync(("Distributions:ManualDelay", "00:00:00"));
        _shop = await _engine.NewShopAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Whose_day_it_is_in_the_new_zone_enters_and_whose_day_is_over_leaves_once()
    {
        await GivenAsync("ann", "2030-03-01");
        await GivenAsync("bob", "2030-03-02");
        await GivenAsync("cyd", "2031-01-01");
        var today = await _shop.GivenSegmentAsync(Today);
        var entering = await _shop.GivenActiveAsync(_shop.OnEntering(today));
        var leaving = await _shop.GivenActiveAsync(_shop.OnLeaving(today));
        Assert.Equal(["ann"], await _shop.MembersAsync(today));

        await MoveToAsync(Kiritimati);
        await _shop.SyncedAsync(today);

        Assert.Equal(["bob"], await _shop.MembersAsync(today));
        Assert.Equal(["bob"], await _shop.ReceiversWhenSettledAsync(entering, 1));
        Assert.Equal(["ann"], await _shop.ReceiversWhenSettledAsync(leaving, 1));

        await _engine.StopAsync();
        await _engine.StartAgainAsync();
        foreach (var customer in (string[])["ann", "bob", "cyd"])
        {
            await _shop.TrackAsync(customer, "visit");
        }

        Assert.Equal((0, 1), (await _shop.EnteredAsync("ann"), await _shop.LeftAsync("ann")));
        Assert.Equal((1, 0), (await _shop.EnteredAsync("bob"), await _shop.LeftAsync("bob")));
        Assert.Equal((0, 0), (await _shop.EnteredAsync("cyd"), await _shop.LeftAsync("cyd")));
    }

    [Fact]
    public async Task Who_is_busy_while_the_zone_changes_enters_once_too()
    {
        await GivenAsync("bob", "2030-03-02");
        var today = await _shop.GivenSegmentAsync(Today);

        await MoveToAsync(Kiritimati);
        await _shop.TrackAsync("bob", "before");
        Assert.Equal(0, await _shop.EnteredAsync("bob"));
        _engine.Pass(TimeSpan.FromSeconds(10));
        await _shop.TrackAsync("bob", "after");
        await _shop.TrackAsync("bob", "again");
        await _shop.SyncedAsync(today);

        Assert.Equal((1, 0), (await _shop.EnteredAsync("bob"), await _shop.LeftAsync("bob")));
        Assert.Equal(["bob"], await _shop.MembersAsync(today));
    }

    [Fact]
    public async Task A_filter_that_time_does_not_change_is_read_in_the_new_zone_too()
    {
        await GivenAsync("ann", "2030-03-01T12:00:00");
        var early = await _shop.GivenSegmentAsync(BeforeTen);
        Assert.Empty(await _shop.MembersAsync(early));

        await MoveToAsync(Kiritimati);
        await _shop.SyncedAsync(early);
        Assert.Equal(["ann"], await _shop.MembersAsync(early));
        Assert.Equal(1, await _shop.EnteredAsync("ann"));

        await MoveToAsync("UTC");
        await _shop.SyncedAsync(early);
        Assert.Empty(await _shop.MembersAsync(early));
        Assert.Equal((1, 1), (await _shop.EnteredAsync("ann"), await _shop.LeftAsync("ann")));
    }

    [Fact]
    public async Task A_message_to_the_segment_goes_to_those_who_are_in_it_by_the_new_zone()
    {
        await GivenAsync("ann", "2030-03-01");
        await GivenAsync("bob", "2030-03-02");
        var today = await _shop.GivenSegmentAsync(Today);
        var message = await _shop.GivenDistributionAsync(_shop.ToSegment(today));

        await MoveToAsync(Kiritimati);
        await _shop.ActivateAsync(message);

        Assert.Equal(["bob"], await _shop.ReceiversWhenSettledAsync(message, 1));
    }

    [Fact]
    public async Task A_segment_that_reads_no_calendar_is_left_alone()
    {
        var plan = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        await MoveToAsync(Kiritimati);
        Assert.Equal("DONE", (await _shop.Segment(plan).FindAsync())!.InitialSyncStatus);
    }

    [Fact]
    public async Task A_segment_that_could_not_be_told_is_told_later_also_by_another_process()
    {
        await GivenAsync("bob", "2030-03-02");
        var today = await _shop.GivenSegmentAsync(Today);

        _engine.Interruptions.Fail<ISegmentStore>(nameof(ISegmentStore.AllAsync));
        await MoveToAsync(Kiritimati);
        await _engine.KillAsync();
        await _engine.StartAgainAsync();

        await _engine.EventuallyAsync(async () => await _shop.CountMembersAsync(today) == 1);
        Assert.Equal(1, await _shop.EnteredAsync("bob"));
    }

    private Task<Customer> GivenAsync(string customer, string day) => _shop.SaveAsync(
        customer, new CustomerPatch { Present = CustomerFields.Metadata | CustomerFields.Email, Email = $"{customer}@example.com", Metadata = RawJson.Parse($$"""{"day":"{{day}}"}""") });

    private async Task MoveToAsync(string zone) =>
        Assert.Equal(zone, (await _engine.Grains.ProjectDirectory.UpdateAsync(_shop.ProjectId, new ProjectSettings { Name = "Shop", TimeZone = zone }))!.Settings.TimeZone);
}
