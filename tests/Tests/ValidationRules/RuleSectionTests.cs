using Marketing.Behaviour;
using Marketing.Catalogue;
using Marketing.Projects;
using Marketing.Storage;
using Xunit;

namespace Marketing.ValidationRules;

/// <summary>What every silo has of a project's rules in memory.</summary>
[Collection(SharedEngineTests.Name)]
public sealed class RuleSectionTests(SharedEngine shared)
{
    private static readonly CommandContext Caller = new() { RequestId = "v-rules" };
    private static readonly RuleTarget Rewards = new("earning_rule", "ern_1");

    private int _ids;

    [Fact]
    public async Task A_change_that_was_answered_is_what_is_decided_by()
    {
        var shop = await shared.Engine.NewShopAsync();
        var rules = shared.Engine.Grains.ValidationRules(shop.Number);
        var rule = await CreateAsync(shop, AmountIs(400));
        Assert.Empty((await SectionAsync(shop)).Of("earning_rule", "ern_1"));
        Assert.True((await SectionAsync(shop)).Find(rule)!.Rule!.Evaluate(Judge.Ann).Holds);

        var assignment = await AssignAsync(shop, rule, Rewards);
        var entry = Assert.Single((await SectionAsync(shop)).Of("earning_rule", "ern_1"));
        Assert.Equal(rule, entry.Id);
        Assert.Empty((await SectionAsync(shop)).Of("distribution", "ern_1"));

        // What did not change is not compiled again.
        var other = await CreateAsync(shop, AmountIs(1));
        Assert.Same(entry.Rule, Assert.Single((await SectionAsync(shop)).Of("earning_rule", "ern_1")).Rule);

        await rules.ChangeAsync(rule, new ValidationRuleChange { Rules = RawJson.Parse(AmountIs(401)) });
        Assert.False(Assert.Single((await SectionAsync(shop)).Of("earning_rule", "ern_1")).Rule!.Evaluate(Judge.Ann).Holds);

        Assert.Equal(ValidationRuleDeletion.Deleted, await rules.DeleteAsync(other));
        Assert.Null((await SectionAsync(shop)).Find(other));
        Assert.Equal(RuleUnassignment.Ended, await rules.UnassignAsync(rule, assignment));
        Assert.Empty((await SectionAsync(shop)).Of("earning_rule", "ern_1"));
    }

    [Fact]
    public async Task An_object_that_is_gone_lets_go_of_its_rules()
    {
        var shop = await shared.Engine.NewShopAsync();
        var rules = shared.Engine.Grains.ValidationRules(shop.Number);
        var (one, other) = (await CreateAsync(shop, AmountIs(1)), await CreateAsync(shop, AmountIs(2)));
        foreach (var rule in new[] { one, other })
        {
            await AssignAsync(shop, rule, Rewards);
        }

        await AssignAsync(shop, one, Rewards with { Type = "distribution" });
        await rules.ReleaseAsync(Rewards);
        await rules.ReleaseAsync(Rewards);
        Assert.Empty((await SectionAsync(shop)).Of("earning_rule", "ern_1"));
        Assert.Single((await SectionAsync(shop)).Of("distribution", "ern_1"));
        Assert.Equal(ValidationRuleDeletion.Deleted, await rules.DeleteAsync(other));
        Assert.Equal(ValidationRuleDeletion.Assigned, await rules.DeleteAsync(one));
    }

    [Fact]
    public async Task Its_days_follow_the_project_into_another_time_zone()
    {
        var shop = await shared.Engine.NewShopAsync();
        var rule = await CreateAsync(shop, """{"1":{"name":"redemption.count.daily","conditions":{"$is":[1]}}}""");
        var late = Judge.Ann with { Now = Judge.At("2026-05-13T23:00:00Z") };
        Assert.EndsWith("/d/2026-05-13", Assert.Single((await SectionAsync(shop)).Find(rule)!.Rule!.KeysFor(late)), StringComparison.Ordinal);
        await shared.Engine.Grains.ProjectDirectory.UpdateAsync(shop.ProjectId, new ProjectSettings { Name = "Shop", TimeZone = "Europe/Warsaw" });
        await shared.Engine.EventuallyAsync(async () =>
            (await SectionAsync(shop)).Find(rule)!.Rule!.KeysFor(late)[0].EndsWith("/d/2026-05-14", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_stored_and_not_understood_holds_for_nobody_until_it_is_changed()
    {
        var shop = await shared.Engine.NewShopAsync();
        var rule = await CreateAsync(shop, AmountIs(400));
        var row = (await shared.Engine.Service<ITableStore<ValidationRuleRow>>().FindAsync(shop.Number, rule))!;
        var commit = new Commit { Project = shop.Number };
        commit.Rows.Add(ValidationRuleTable.Rules.Save(row with { Document = RawJson.Parse("""{"rules":{"1":{"name":"of.a.later.version"}}}""") }));
        Assert.True((await shared.Engine.Service<ICommitter>().CommitAsync(commit)).IsDurable);
        await shared.Engine.Service<Catalogues>().ChangedAsync(shop.Number);

        var entry = (await SectionAsync(shop)).Find(rule)!;
        Assert.Null(entry.Rule);
        Assert.StartsWith("rules.1.name 'of.a.later.version' is not a rule", entry.Unreadable, StringComparison.Ordinal);
        var change = new ValidationRuleChange { Rules = RawJson.Parse(AmountIs(400)) };
        Assert.IsType<ValidationRuleResult.Saved>(await shared.Engine.Grains.ValidationRules(shop.Number).ChangeAsync(rule, change));
        Assert.NotNull((await SectionAsync(shop)).Find(rule)!.Rule);
    }

    [Fact]
    public async Task A_feature_that_knows_its_objects_is_asked_for_them()
    {
        var shop = await shared.Engine.NewShopAsync();
        var rules = shared.Engine.Grains.ValidationRules(shop.Number);
        var rule = await CreateAsync(shop, AmountIs(1));
        var missing = await rules.AssignAsync(rule, "asgm_a", new RuleTarget(ScriptedTarget.Kind, "shelf_2"), force: false, Caller);
        Assert.Equal(new RuleAssignmentResult.NotFound(ScriptedTarget.Kind, "shelf_2"), missing);

        // By its code, and then by its id: it is the same object.
        await AssignAsync(shop, rule, new RuleTarget(ScriptedTarget.Kind, "top"));
        Assert.Single((await SectionAsync(shop)).Of(ScriptedTarget.Kind, "shelf_1"));
        Assert.IsType<RuleAssignmentResult.Duplicate>(await rules.AssignAsync(rule, "asgm_b", new RuleTarget(ScriptedTarget.Kind, "shelf_1"), force: false, Caller));
    }

    private static string AmountIs(int amount) => "{\"1\":{\"name\":\"order.amount\",\"conditions\":{\"$is\":[" + amount + "]}}}";

    private async Task<string> CreateAsync(Shop shop, string rules)
    {
        var id = $"val_{_ids++}";
        var created = await shared.Engine.Grains.ValidationRules(shop.Number).CreateAsync(id, new ValidationRuleChange { Name = "x", Rules = RawJson.Parse(rules) }, Caller);
        Assert.IsType<ValidationRuleResult.Saved>(created);
        return id;
    }

    private async Task<string> AssignAsync(Shop shop, string rule, RuleTarget target)
    {
        var id = $"asgm_{_ids++}";
        Assert.IsType<RuleAssignmentResult.Saved>(await shared.Engine.Grains.ValidationRules(shop.Number).AssignAsync(rule, id, target, force: false, Caller));
        return id;
    }

    private async Task<RuleSection> SectionAsync(Shop shop) => (await shared.Engine.Service<Catalogues>().GetAsync(shop.Number)).ValidationRules;
}
