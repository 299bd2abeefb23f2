using System.Net;
using Xunit;

namespace Marketing.Storage;

/// <content>Which silos there are.</content>
public sealed partial class PostgresControlPlaneTests
{
    [Fact]
    public async Task Two_silos_see_one_another_and_the_one_that_stopped_is_dead()
    {
        await using var stays = await PostgresSilo.StartAsync(_database);
        SiloAddress stopped;
        await using (var leaves = await PostgresSilo.StartAsync(_database))
        {
            stopped = leaves.Address;
            var active = (await stays.Membership.ReadAllAsync(Cancelled)).Members.Where(member => member.Item1.Status == SiloStatus.Active);
            Assert.Equal(
                new[] { stays.Address, stopped }.Order(), active.Select(member => member.Item1.SiloAddress).Order());
            await leaves.Notebook("a").WriteAsync("from one");
        }

        Assert.Equal("from one", await stays.Notebook("a").ReadAsync());
        Assert.Equal(SiloStatus.Dead, (await stays.Membership.ReadRowAsync(stopped, Cancelled)).Members.Single().Item1.Status);
    }

    [Fact]
    public async Task Only_dead_silos_of_long_ago_are_forgotten()
    {
        await using var stays = await PostgresSilo.StartAsync(_database);
        SiloAddress stopped;
        await using (var leaves = await PostgresSilo.StartAsync(_database))
        {
            stopped = leaves.Address;
        }

        await stays.Membership.CleanupDefunctSiloEntriesAsync(DateTimeOffset.UtcNow - Day, Cancelled);
        Assert.Equal(2, (await stays.Membership.ReadAllAsync(Cancelled)).Members.Count);

        await stays.Membership.CleanupDefunctSiloEntriesAsync(DateTimeOffset.UtcNow + Day, Cancelled);
        Assert.Equal(stays.Address, Assert.Single((await stays.Membership.ReadAllAsync(Cancelled)).Members).Item1.SiloAddress);
    }

    [Fact]
    public async Task A_membership_write_takes_the_next_version_or_changes_nothing()
    {
        // Not started: a running silo declares dead what does not answer, and so takes versions too.
        await _database.UpgradeAsync();
        await using var silo = PostgresSilo.Create(_database);
        var table = silo.Membership;
        await table.InitializeMembershipTableAsync(true, Cancelled);
        var before = (await table.ReadAllAsync(Cancelled)).Version;
        var joining = Joining(1);

        Assert.True(await table.InsertRowAsync(joining, before.Next(), Cancelled));
        var version = (await table.ReadAllAsync(Cancelled)).Version;
        Assert.Equal(before.Version + 1, version.Version);

        // The version is an old one, the row exists or it is missing: neither the version nor a row changes.
        Assert.False(await table.InsertRowAsync(Joining(2), before.Next(), Cancelled));
        Assert.False(await table.InsertRowAsync(joining, version.Next(), Cancelled));
        Assert.False(await table.UpdateRowAsync(Joining(3), version.VersionEtag, version.Next(), Cancelled));
        joining.Status = SiloStatus.Dead;
        Assert.False(await table.UpdateRowAsync(joining, version.VersionEtag, before.Next(), Cancelled));
        var after = await table.ReadAllAsync(Cancelled);
        Assert.Equal(version.Version, after.Version.Version);
        Assert.Equal(SiloStatus.Joining, Assert.Single(after.Members).Item1.Status);

        Assert.True(await table.UpdateRowAsync(joining, version.VersionEtag, version.Next(), Cancelled));
        Assert.Equal(SiloStatus.Dead, (await table.ReadRowAsync(joining.SiloAddress, Cancelled)).Members.Single().Item1.Status);
    }

    [Fact]
    public async Task A_heartbeat_is_never_set_back()
    {
        await _database.UpgradeAsync();
        await using var silo = PostgresSilo.Create(_database);
        var table = silo.Membership;
        await table.InitializeMembershipTableAsync(true, Cancelled);
        var entry = Joining(1);
        Assert.True(await table.InsertRowAsync(entry, (await table.ReadAllAsync(Cancelled)).Version.Next(), Cancelled));
        var read = entry.IAmAliveTime;

        entry.IAmAliveTime = read.AddMinutes(5);
        await table.UpdateIAmAliveAsync(entry, Cancelled);
        entry.IAmAliveTime = read;
        var version = (await table.ReadAllAsync(Cancelled)).Version;
        Assert.True(await table.UpdateRowAsync(entry, version.VersionEtag, version.Next(), Cancelled));

        Assert.Equal(read.AddMinutes(5), (await table.ReadRowAsync(entry.SiloAddress, Cancelled)).Members.Single().Item1.IAmAliveTime);
    }

    private static MembershipEntry Joining(int generation) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, 11111, generation),
        SiloName = "a silo",
        HostName = "a host",
        Status = SiloStatus.Joining,
        StartTime = new DateTime(2030, 3, 1, 12, 0, 0, DateTimeKind.Utc),
        IAmAliveTime = new DateTime(2030, 3, 1, 12, 0, 0, DateTimeKind.Utc),
    };
}
