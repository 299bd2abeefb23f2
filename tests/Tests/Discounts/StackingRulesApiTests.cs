using Marketing.Api;
using Marketing.Behaviour;
using Marketing.Catalogue;
using Marketing.Storage;
using Xunit;

namespace Marketing.Discounts;

[Collection(ApiTests.Name)]
public sealed class StackingRulesApiTests(ApiHost api) : IDisposable
{
    private readonly ApiClient _operators = api.Management();

    [Fact]
    public async Task A_project_has_the_defaults_until_it_has_rules_and_again_when_they_are_deleted()
    {
        using var shop = await api.NewProjectAsync();
        var defaults = Shape.List((await _operators.GetAsync(Path(shop))).Ok(), "data", "total")[0];
        Shape.Is(defaults, Fields);
        Assert.Equal((30, 5), (defaults.GetProperty("redeemables_limit").GetInt32(), defaults.GetProperty("applicable_redeemables_limit").GetInt32()));

        var made = (await _operators.PostAsync(Path(shop), """{"redeemables_limit":3,"unknown":1}""")).Ok();
        Shape.Is(made, $"id created_at {Fields}");
        Assert.StartsWith("stk_", made.GetProperty("id").GetString(), StringComparison.Ordinal);

        // What was not said gives way to what was.
        Assert.Equal((3, 3), (made.GetProperty("redeemables_limit").GetInt32(), made.GetProperty("applicable_redeemables_limit").GetInt32()));
        var path = $"{Path(shop)}/{made.GetProperty("id").GetString()}";
        Assert.Equal(made.GetRawText(), (await _operators.GetAsync(path)).Ok().GetRawText());
        Assert.Equal(made.GetRawText(), Shape.List((await _operators.GetAsync(Path(shop))).Ok(), "data", "total")[0].GetRawText());

        var error = (await _operators.PostAsync(Path(shop), "{}")).Error(409, "stacking_rules_exist");
        Assert.Equal("Cannot exist more stacking rules for given project", error.GetProperty("details").GetString());

        (await _operators.DeleteAsync(path)).Ok(204);
        Assert.Equal("stacking_rules", (await _operators.GetAsync(path)).Error(404, "not_found").GetProperty("resource_type").GetString());
        (await _operators.DeleteAsync(path)).Error(404, "not_found");
        (await _operators.PutAsync(path, "{}")).Error(404, "not_found");
        Assert.Equal(defaults.GetRawText(), (await _operators.GetAsync(Path(shop))).Ok().GetProperty("data")[0].GetRawText());
        (await _operators.PostAsync(Path(shop), "{}")).Ok();
    }

    [Fact]
    public async Task What_is_given_changes_and_the_rest_stays()
    {
        using var shop = await api.NewProjectAsync();
        var path = $"{Path(shop)}/{(await _operators.PostAsync(Path(shop), Samples.StackingRules))["id"]}";
        const string Change = """{"exclusive_categories":["cat_9"],"applicable_redeemables_limit":7,"redeemables_sorting_rule":null}""";
        var changed = (await _operators.PutAsync(path, Change)).Ok();
        Shape.Is(changed, $"id created_at updated_at {Fields}");
        Assert.Equal(
            ("[\"cat_9\"]", 7, 25, "REQUESTED_ORDER", "PARTIAL"),
            (changed.GetProperty("exclusive_categories").GetRawText(), changed.GetProperty("applicable_redeemables_limit").GetInt32(), changed.GetProperty("redeemables_limit").GetInt32(),
                changed.GetProperty("redeemables_sorting_rule").GetString(), changed.GetProperty("redeemables_application_mode").GetString()));
        Assert.Equal(changed.GetRawText(), (await _operators.PutAsync(path, Change)).Ok().GetRawText());
        (await _operators.PutAsync(path, changed.GetRawText())).Ok();
    }

    [Theory]
    [InlineData("[]", "Payload must be object")]
    [InlineData("""{"redeemables_limit":31}""", "Payload property '.redeemables_limit' must be a whole number from 1 to 30")]
    [InlineData("""{"joint_categories":["a"],"exclusive_categories":["a"]}""", "Payload property '.joint_categories' must NOT have categories that are in exclusive_categories")]
    public async Task What_cannot_be_is_named_and_changes_nothing(string body, string details)
    {
        using var shop = await api.NewProjectAsync();
        Assert.Equal(details, (await _operators.PostAsync(Path(shop), body)).Error(400, "invalid_payload").GetProperty("details").GetString());
        Assert.False((await _operators.GetAsync(Path(shop))).Ok().GetProperty("data")[0].TryGetProperty("id", out _));
        var made = (await _operators.PostAsync(Path(shop), Samples.StackingRules)).Ok();
        var path = $"{Path(shop)}/{made.GetProperty("id").GetString()}";
        Assert.Equal(details, (await _operators.PutAsync(path, body)).Error(400, "invalid_payload").GetProperty("details").GetString());
        Assert.Equal(made.GetRawText(), (await _operators.GetAsync(path)).Ok().GetRawText());
    }

    [Fact]
    public async Task There_is_one_set_of_rules_however_many_ask_at_once()
    {
        using var shop = await api.NewProjectAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _operators.PostAsync(Path(shop), "{}")));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Error(409, "stacking_rules_exist"));
    }

    [Fact]
    public async Task A_project_that_is_not_there_has_none()
    {
        var path = "/management/v1/projects/proj_unknown/stacking-rules";
        foreach (var answer in new[] { await _operators.GetAsync(path), await _operators.PostAsync(path, "{}"), await _operators.GetAsync($"{path}/stk_1"), await _operators.DeleteAsync($"{path}/stk_1") })
        {
            Assert.Equal("project", answer.Error(404, "not_found").GetProperty("resource_type").GetString());
        }
    }

    public void Dispose() => _operators.Dispose();

    private const string Fields =
        "redeemables_limit applicable_redeemables_limit applicable_redeemables_per_category_limit applicable_redeemables_category_limits applicable_exclusive_redeemables_limit "
        + "applicable_exclusive_redeemables_per_category_limit exclusive_categories joint_categories discount_calculation_mode initial_amount_mode_categories discounted_amount_mode_categories "
        + "redeemables_application_mode redeemables_sorting_rule redeemables_products_application_mode redeemables_no_effect_rule no_effect_skip_categories no_effect_redeem_anyway_categories "
        + "redeemables_rollback_order_mode grouped_redeemables_sorting_rule";

    private static string Path(ProjectClient shop) => $"/management/v1/projects/{shop.Project.Id}/stacking-rules";
}

/// <summary>What every silo has of a project's stacking rules in memory.</summary>
[Collection(SharedEngineTests.Name)]
public sealed class StackingSectionTests(SharedEngine shared)
{
    [Fact]
    public async Task A_change_that_was_answered_is_what_is_decided_by()
    {
        var shop = await shared.Engine.NewShopAsync();
        var rules = shared.Engine.Grains.StackingRules(shop.Number);
        Assert.Same(StackingRules.Default, (await SectionAsync(shop)).Rules);
        await rules.CreateAsync("stk_1", RawJson.Parse("""{"redeemables_limit":9}"""));
        Assert.Equal(9, (await SectionAsync(shop)).Rules.RedeemablesLimit);
        await rules.ChangeAsync("stk_1", RawJson.Parse("""{"redeemables_limit":8}"""));
        Assert.Equal(8, (await SectionAsync(shop)).Rules.RedeemablesLimit);

        // Asked again: the same.
        Assert.IsType<StackingRulesResult.Saved>(await rules.CreateAsync("stk_1", RawJson.EmptyObject));
        Assert.IsType<StackingRulesResult.Exists>(await rules.CreateAsync("stk_2", RawJson.EmptyObject));
        Assert.True(await rules.DeleteAsync("stk_1"));
        Assert.Same(StackingRules.Default, (await SectionAsync(shop)).Rules);
    }

    [Fact]
    public async Task What_is_stored_and_not_understood_leaves_the_defaults_until_it_is_changed()
    {
        var shop = await shared.Engine.NewShopAsync();
        var rules = shared.Engine.Grains.StackingRules(shop.Number);
        await rules.CreateAsync("stk_1", RawJson.Parse("""{"redeemables_limit":9}"""));
        var row = (await shared.Engine.Service<ITableStore<StackingRulesRow>>().FindAsync(shop.Number, "stk_1"))!;
        var commit = new Commit { Project = shop.Number };
        commit.Rows.Add(StackingRulesTable.Rules.Save(row with { Said = RawJson.Parse("""{"redeemables_limit":"of a later version"}""") }));
        Assert.True((await shared.Engine.Service<ICommitter>().CommitAsync(commit)).IsDurable);
        await shared.Engine.Service<Catalogues>().ChangedAsync(shop.Number);
        Assert.Same(StackingRules.Default, (await SectionAsync(shop)).Rules);
        Assert.StartsWith("redeemables_limit ", (await SectionAsync(shop)).Unreadable, StringComparison.Ordinal);
        Assert.IsType<StackingRulesResult.Saved>(await rules.ChangeAsync("stk_1", RawJson.Parse("""{"redeemables_limit":4}""")));
        Assert.Equal(4, (await SectionAsync(shop)).Rules.RedeemablesLimit);
    }

    private async Task<StackingSection> SectionAsync(Shop shop) => (await shared.Engine.Service<Catalogues>().GetAsync(shop.Number)).Section<StackingSection>();
}
