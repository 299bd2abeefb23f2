using Marketing.Storage.Relational;
using Marketing.Suppressions;
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
            Plane.Project, new() { Channel = "email", Address = address, Reason = "unsubscribed", CreatedAt = Any.Noon.AddDays(1) });
        Assert.Equal(("unsubscribed", Any.Noon), (kept.Reason, kept.CreatedAt));
        Assert.Equal(1, (await Plane.Suppressions.ListAsync(Plane.Project, 10, 1, new("email", address), Token)).Total);
        Assert.True(await Plane.Suppressions.RemoveAsync(Plane.Project, "email", address));
        Assert.False(await Plane.Suppressions.RemoveAsync(Plane.Project, "email", address));
    }

    [Theory]
    [InlineData("unsubscribed", "complained", "complained")]
    [InlineData("unsubscribed", "manual", "manual")]
    [InlineData("complained", "unsubscribed", "complained")]
    [InlineData("bounced", "complained", "bounced")]
    public async Task Only_who_unsubscribed_gets_another_reason_later(string first, string second, string kept)
    {
        var (stored, committed, old) = ($"{Any.Id("a")}@example.com".ToLowerInvariant(), $"{Any.Id("b")}@example.com".ToLowerInvariant(), $"{Any.Id("c")}@münchen.example".ToLowerInvariant());
        await Plane.RunAsync(new SqlQuery("INSERT INTO suppressions (project, channel, address, reason, created_at) VALUES (?1, 'email', ?2, ?3, 0)").Bind(Plane.Project).Bind(old).Bind(first));
        foreach (var reason in new[] { first, second })
        {
            await Plane.Suppressions.AddAllAsync(Plane.Project, [Of(old, reason)]);
            await Plane.Suppressions.AddAsync(Plane.Project, Of(stored, reason));
            await Plane.CommitAsync(commit => commit.Suppressions.Add(new SuppressionWrite("email", committed, reason, Any.Noon)));
        }

        // Both at once, in one commit.
        var together = $"{Any.Id("d")}@example.com".ToLowerInvariant();
        await Plane.CommitAsync(commit => commit.Suppressions.AddRange([new SuppressionWrite("email", together, "unsubscribed", Any.Noon), new SuppressionWrite("email", together, "complained", Any.Noon)]));
        Assert.Equal("complained", Assert.Single((await Plane.Suppressions.ListAsync(Plane.Project, 10, 1, new("email", together), Token)).Items).Reason);
        foreach (var address in new[] { old, stored, committed })
        {
            Assert.Equal(kept, Assert.Single((await Plane.Suppressions.ListAsync(Plane.Project, 10, 1, new("email", address), Token)).Items).Reason);
        }

        static Suppression Of(string address, string reason) => new() { Channel = "email", Address = address, Reason = reason, CreatedAt = Any.Noon };
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

    [Fact]
    public async Task What_is_suppressed_for_all_channels_holds_for_each_and_of_a_topic_for_that_only()
    {
        var (everywhere, here, topical, both) = ($"{Any.Id("a")}@example.com".ToLowerInvariant(), $"{Any.Id("b")}@example.com".ToLowerInvariant(), $"{Any.Id("c")}@example.com".ToLowerInvariant(), $"{Any.Id("d")}@example.com".ToLowerInvariant());
        foreach (var (channel, address, reason, topic) in ((string, string, string, string?)[])
            [("all", everywhere, "manual", null), ("email", here, "bounced", null), ("all", here, "complained", null), ("email", topical, "unsubscribed", "top_1"), ("email", both, "unsubscribed", "top_1"), ("all", both, "unsubscribed", null)])
        {
            await Plane.Suppressions.AddAsync(Plane.Project, new() { Channel = channel, Address = address, Reason = reason, Topic = topic, CreatedAt = Any.Noon });
        }

        string[] all = [everywhere, here, topical, both];
        Assert.Equal($"{everywhere} manual, {here} bounced, {both} unsubscribed", await FoundAsync("email", null));
        Assert.Equal($"{everywhere} manual, {here} complained, {both} unsubscribed", await FoundAsync("sms", "top_1"));
        Assert.Equal($"{everywhere} manual, {here} bounced, {topical} opted_out, {both} unsubscribed", await FoundAsync("email", "top_1"));
        Assert.Equal($"{everywhere} manual, {here} bounced, {both} unsubscribed", await FoundAsync("email", "top_2"));

        // An estimate says the same.
        var segment = Any.Number();
        foreach (var address in all)
        {
            var customer = Plane.Customer() with { Email = address };
            await Plane.CommitAsync(commit =>
            {
                commit.Customer = customer;
                commit.Memberships.Add(new MembershipWrite(segment, customer.Number, true));
            });
        }

        Assert.Equal("bounced 1, manual 1, opted_out 1, unsubscribed 1", await CountedAsync("top_1"));
        Assert.Equal("bounced 1, manual 1, unsubscribed 1", await CountedAsync(null));

        // Taken off as it was put on.
        Assert.False(await Plane.Suppressions.RemoveAsync(Plane.Project, "email", topical));
        Assert.False(await Plane.Suppressions.RemoveAsync(Plane.Project, "email", topical, "top_1", "manual"));
        Assert.True(await Plane.Suppressions.RemoveAsync(Plane.Project, "email", topical, "top_1", "unsubscribed"));
        Assert.Equal($"{everywhere} manual, {here} bounced, {both} unsubscribed", await FoundAsync("email", "top_1"));

        async Task<string> FoundAsync(string channel, string? topic)
        {
            var found = await Plane.Suppressed.FindAsync(Plane.Project, channel, all, topic);
            return string.Join(", ", all.Where(found.ContainsKey).Select(address => $"{address} {found[address]}"));
        }

        async Task<string> CountedAsync(string? topic) =>
            string.Join(", ", (await Plane.Members.CountMailReachAsync(Plane.Project, segment, "email", topic)).Suppressed.Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Suppressions_are_walked_each_once_and_chosen_together()
    {
        var project = Plane.Project + 7;
        await Plane.Suppressions.AddAllAsync(project, [.. from address in new[] { "a", "b", "c" } from topic in new[] { null, "t" } select new Suppression { Channel = "email", Address = address, Reason = "unsubscribed", Topic = topic, CreatedAt = Any.Noon }]);
        var (walked, last) = (new List<string>(), (Suppression?)null);
        while (await Plane.Suppressions.WalkAsync(project, last, 2) is { Count: > 0 } rows)
        {
            (last, walked) = (rows[^1], [.. walked, .. rows.Select(row => row.Address + row.Topic)]);
        }

        Assert.Equal(["a", "at", "b", "bt", "c", "ct"], walked);
        await Plane.Suppressions.ChooseAsync(project, [Of("d", null), Of("a", null)], [Of("a", "t"), Of("b", null) with { Reason = "manual" }]);
        Assert.Equal(["a", "b", "bt", "c", "ct", "d"], (await Plane.Suppressions.WalkAsync(project, null, 10)).Select(row => row.Address + row.Topic));
        Assert.Equal(1, (await Plane.Suppressions.ListAsync(project, 10, 1, new(Reason: "unsubscribed", Address: "d"), Token)).Total);
        Assert.Equal(2, (await Plane.Suppressions.ListAsync(project, 10, 1, new(Topic: "t"), Token)).Total);

        static Suppression Of(string address, string? topic) => new() { Channel = "email", Address = address, Reason = "unsubscribed", Topic = topic, CreatedAt = Any.Noon };
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
