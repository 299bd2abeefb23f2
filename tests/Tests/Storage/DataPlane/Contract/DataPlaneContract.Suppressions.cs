using Marketing.Storage.Relational;
using Xunit;

namespace Marketing.Storage.DataPlane;

public abstract partial class DataPlaneContract
{
    [Fact]
    public async Task Suppressed_addresses_are_found_whatever_their_case()
    {
        var address = Any.Id("Ada") + "@Example.com";
        await Plane.CommitAsync(commit => commit.Suppressions.Add(new SuppressionWrite("email", address, "unsubscribed", Any.Noon)));

        var found = await Plane.Suppressed.FindAsync(Plane.Project, "email", [address.ToUpperInvariant(), "b@example.com"], null);
        Assert.Equal("unsubscribed", found[address.ToUpperInvariant()]);
        Assert.Single(found);
        Assert.Empty(await Plane.Suppressed.FindAsync(Plane.Project + 1, "email", [address], null));

        var kept = await Plane.Suppressions.AddAsync(
            Plane.Project, new() { Channel = "email", Address = address, Reason = "manual", CreatedAt = Any.Noon.AddDays(1) });
        Assert.Equal("unsubscribed", kept.Reason);
        Assert.Equal(1, (await Plane.Suppressions.ListAsync(Plane.Project, 10, 1, new("email", address), Token)).Total);
        Assert.True(await Plane.Suppressions.RemoveAsync(Plane.Project, "email", address));
        Assert.False(await Plane.Suppressions.RemoveAsync(Plane.Project, "email", address));
    }

    [Fact]
    public async Task A_mailbox_is_suppressed_in_each_spelling_of_its_domain()
    {
        var name = Any.Id("ada").ToLowerInvariant();
        string[] spellings = [$"{name}@münchen.example", $"{name}@xn--mnchen-3ya.example", $"{name.ToUpperInvariant()}@MÜNCHEN.example", $"{name}@XN--MNCHEN-3YA.example"];
        foreach (var stored in spellings)
        {
            await Plane.CommitAsync(commit => commit.Suppressions.Add(new SuppressionWrite("email", stored, "unsubscribed", Any.Noon)));
            await HoldsForAsync(spellings, reason: "unsubscribed", shownAs: spellings[1]);
            await Plane.Suppressions.AddAsync(Plane.Project, new() { Channel = "email", Address = stored, Reason = "manual", CreatedAt = Any.Noon });
            await HoldsForAsync(spellings, reason: "manual", shownAs: spellings[1]);
        }

        // As it was stored when a domain was what somebody had typed.
        foreach (var stored in spellings[..2])
        {
            await Plane.RunAsync(new SqlQuery("INSERT INTO suppressions (project, channel, address, reason, created_at) VALUES (?1, 'email', ?2, 'bounced', 0)")
                .Bind(Plane.Project).Bind(stored));
            Assert.Equal("bounced", (await Plane.Suppressions.AddAsync(
                Plane.Project, new() { Channel = "email", Address = spellings[0], Reason = "manual", CreatedAt = Any.Noon })).Reason);
            await HoldsForAsync(spellings, reason: "bounced", shownAs: stored);
        }
    }

    private async Task HoldsForAsync(string[] spellings, string reason, string shownAs)
    {
        var found = await Plane.Suppressed.FindAsync(Plane.Project, "email", spellings, null);
        Assert.Equal(spellings.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        Assert.All(found.Values, value => Assert.Equal(reason, value));
        foreach (var spelling in spellings)
        {
            var listed = await Plane.Suppressions.ListAsync(Plane.Project, 10, 1, new("email", spelling), Token);
            Assert.Equal((shownAs, reason), (Assert.Single(listed.Items).Address, listed.Items[0].Reason));
        }

        Assert.True(await Plane.Suppressions.RemoveAsync(Plane.Project, "email", spellings[^1]));
        Assert.Empty(await Plane.Suppressed.FindAsync(Plane.Project, "email", spellings, null));
    }

    [Fact]
    public async Task A_customer_is_listed_by_each_spelling_of_their_address()
    {
        var name = Any.Id("bob").ToLowerInvariant();
        string[] spellings = [$"{name}@bücher.example", $"{name}@xn--bcher-kva.example", $"{name.ToUpperInvariant()}@BÜCHER.example"];
        foreach (var stored in spellings[..2])
        {
            var customer = Plane.Customer() with { Email = stored };
            await Plane.CommitAsync(commit => commit.Customer = customer);
            foreach (var spelling in spellings)
            {
                var page = await Plane.Customers.ListAsync(Plane.Project, new() { Email = spelling }, null, Token);
                Assert.Contains(customer.Id, page.Items.Select(row => row.Id));
            }
        }
    }
}
