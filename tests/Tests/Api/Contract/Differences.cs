namespace Marketing.Api;

/// <summary>
/// Where this API differs from the reference, and why. <see cref="ContractTests"/> compares: whatever differs and is not here fails, and so does what is here and does not
/// differ any more.
/// </summary>
internal static class Differences
{
    private const string OwnProjects = "Projects are this engine's own resource: it has fewer settings, and refuses what it does not know, so that no setting quietly has no effect.";

    private const string Checked = "Durations, times of day and what belongs together are checked.";

    private const string NoAutomations = "What the product's own automation is called, which nothing here has.";
    private const string OtherType = "The example says what another type is worth.";

    private const string NoPlace = "A pattern without a # makes one code only.";

    private const string Nobody = "Nobody is meant: the product's text asks for an id or a source id, and a code that nobody can find is lost.";

    private const string NoDiscount = "A line cannot have a larger discount than amount, and the line of the test costs nothing.";

    private const string NoKnownOrder = "A public key makes orders, and does not change those that the shop knows.";

    private const string CursorIsInstant = "The cursor is an instant, there too.";

    private const string ListOfCategories = "Categories are a list in the examples of the reference, and everywhere else.";

    private const string NoAreas = "There are no areas and stores; it is refused.";

    private const string NoReward = "A reward is told by its id; one without would be passed over in silence.";

    private const string NoCategory = "There is no such category, and none that is not there is taken.";

    private const string WholeLife = "Figures are those of the whole life of a campaign; a part of it is refused.";

    private const string OwnCampaign = "The campaign is a condition as well.";

    private const string OneCalculation = "The example has one way to count, and another needs what belongs to it.";

    private const string OneDiscount = "There is one discount, and what the test puts into that of the example does not go with the rest of it.";

    private const string NoSuchCategory = "There is no such category.";

    private const string NoRule = "There is no such validation rule.";

    private const string NoUsers = "The one who asked, when that was somebody who was logged in. Behind a key nobody is.";

    /// <summary>By what the test says; a * at the end stands for whatever follows.</summary>
    public static readonly IReadOnlyDictionary<string, string> Known = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["query: GET /v1/customers/{customerId}/activities product_id"] = "Deprecated there, and no entry of an activity names a product; it is refused.",
        ["answer: GET /v1/vouchers/{code}/transactions .data[].campaign_id is null"] = "A voucher alone has no campaign.",
        ["query: GET /v1/campaigns access_settings"] = NoAreas,
        ["query: GET /v1/templates/campaigns/{campaignTemplateId} expand"] = "A template has no JSON of its own; it is refused.",
        ["query: GET /v1/campaigns/{campaignId}/summary end_date"] = WholeLife,
        ["query: GET /v1/campaigns/{campaignId}/summary start_date"] = WholeLife,
        ["body: POST /client/v1/publish .customer is refused as {}"] = Nobody,
        ["body: POST /v1/loyalties/{campaignId}/members .customer is refused as {}"] = Nobody,
        ["body: POST /v1/publications .customer is refused as {}"] = Nobody,
        ["body: POST /client/v1/redeem .order.items[].discount_amount is refused as 1"] = NoDiscount,
        ["body: POST /client/v1/redemptions .order.items[].discount_amount is refused as 1"] = NoDiscount,
        ["body: POST /client/v1/validations .order.items[].discount_amount is refused as 1"] = NoDiscount,
        ["body: POST /v1/redemptions .order.items[].discount_amount is refused as 1"] = NoDiscount,
        ["body: POST /v1/loyalties/members/{memberId}/redemption .order.items[].discount_amount is refused as 1"] = NoDiscount,
        ["body: POST /v1/loyalties/{campaignId}/members/{memberId}/redemption .order.items[].discount_amount is refused as 1"] = NoDiscount,
        ["body: POST /v1/validations .order.items[].discount_amount is refused as 1"] = NoDiscount,
        ["body: POST /v1/vouchers/{code}/redemption .order.items[].discount_amount is refused as 1"] = NoDiscount,
        ["body: POST /v1/vouchers/{code}/validate .order.items[].discount_amount is refused as 1"] = NoDiscount,
        ["body: POST /v1/promotions/tiers/{promotionTierId}/redemption .order.items[].discount_amount is refused as 1"] = NoDiscount,
        ["body: POST /v1/promotions/tiers/{tierId}/validation .order.items[].discount_amount is refused as 1"] = NoDiscount,
        ["body: POST /v1/campaigns/qualification .order.items[].discount_amount is refused as 1"] = NoDiscount,
        ["body: POST /v1/promotions/validation .order.items[].discount_amount is refused as 1"] = NoDiscount,
        ["answer: POST /v1/campaigns/qualification .data[].categories is array, not object"] = ListOfCategories,
        ["answer: POST /v1/promotions/validation .promotions[].categories is array, not object"] = ListOfCategories,
        ["answer: POST /v1/promotions/validation .promotions[].valid is boolean, not string"] = "It is a boolean in the examples of the reference.",
        ["body: POST /client/v1/redeem .order.source_id is refused as \"something\""] = NoKnownOrder,
        ["body: POST /client/v1/redemptions .order.*"] = NoKnownOrder,
        ["body: POST /client/v1/qualifications .order.*"] = NoKnownOrder,
        ["body: POST /client/v1/qualifications .options.starting_after is refused as \"something\""] = CursorIsInstant,
        ["body: POST /v1/qualifications .options.starting_after is refused as \"something\""] = CursorIsInstant,
        ["body: POST /client/v1/validations .order.*"] = NoKnownOrder,
        ["body in the document: POST /client/v1/redeem .session.ttl is number, not integer"] = "The other endpoints take a number, and a session is one thing.",
        ["body in the document: POST /v1/vouchers/{code}/validate .reward.points is integer, not number"] = "Points are whole.",
        ["body in the document: POST /v1/vouchers/{code}/redemption .session.ttl is number, not integer"] = "The other endpoints take a number, and a session is one thing.",
        ["body in the document: POST /v1/vouchers/{code}/validate .gift.credits is integer, not number"] = "Credits are whole minor units.",
        ["answer: POST /client/v1/publish .customer.*"] = "A public key sees nobody's profile.",
        ["body: POST /v1/campaigns .validity_hours*"] = Checked,
        ["body: POST /v1/templates/campaigns .promotion_tier_id is refused as \"something\""] = "It is made of one of them, and that of the example is the campaign.",
        ["body: POST /v1/templates/campaigns/{campaignTemplateId}/campaign-setup .activity_duration_after_publishing*"] = Checked,
        ["body: POST /v1/templates/campaigns/{campaignTemplateId}/campaign-setup .validity_hours*"] = Checked,
        ["body: POST /v1/templates/campaigns/{campaignTemplateId}/campaign-setup .validity_timeframe*"] = Checked,
        ["body: POST /v1/templates/campaigns/{campaignTemplateId}/tier-setup .validity_hours*"] = Checked,
        ["body: POST /v1/templates/campaigns/{campaignTemplateId}/tier-setup .validity_timeframe*"] = Checked,
        ["body: POST /v1/templates/campaigns/{campaignTemplateId}/tier-setup .category_id*"] = NoSuchCategory,
        ["body: POST /v1/campaigns .validity_timeframe*"] = Checked,
        ["body: PUT /v1/campaigns/{campaignId} .validity_hours*"] = Checked,
        ["body: PUT /v1/campaigns/{campaignId} .validity_timeframe*"] = Checked,
        ["body: POST /v1/campaigns/{campaignId}/import [].validity_timeframe*"] = Checked,
        ["body: POST /v1/vouchers .validity_hours*"] = Checked,
        ["body: POST /v1/vouchers .validity_timeframe*"] = Checked,
        ["body: POST /v1/vouchers/import [].validity_timeframe*"] = Checked,
        ["body: POST /v1/vouchers/{code} .validity_hours*"] = Checked,
        ["body: POST /v1/vouchers/{code} .validity_timeframe*"] = Checked,
        ["body: PUT /v1/vouchers/{code} .validity_hours*"] = Checked,
        ["body: PUT /v1/vouchers/{code} .validity_timeframe*"] = Checked,
        ["body: POST /v1/campaigns .activity_duration_after_publishing*"] = Checked,
        ["body: PUT /v1/campaigns/{campaignId} .activity_duration_after_publishing*"] = Checked,
        ["body: POST /v1/loyalties .activity_duration_after_publishing*"] = Checked,
        ["body: POST /v1/loyalties .validity_hours*"] = Checked,
        ["body: POST /v1/loyalties .validity_timeframe*"] = Checked,
        ["body: PUT /v1/loyalties/{campaignId} .activity_duration_after_publishing*"] = Checked,
        ["body: PUT /v1/loyalties/{campaignId} .validity_hours*"] = Checked,
        ["body: PUT /v1/loyalties/{campaignId} .validity_timeframe*"] = Checked,
        ["body: POST /v1/loyalties/members/{memberId}/balance .expiration_type is refused as \"CUSTOM_DATE\""] = "The example has no date.",
        ["body: POST /v1/loyalties/{campaignId}/members/{memberId}/balance .expiration_type is refused as \"CUSTOM_DATE\""] = "The example has no date.",
        ["body: POST /v1/loyalties/members/{memberId}/transactions/export .parameters.filters.junction is refused as \"or\""] = OwnCampaign,
        ["body: POST /v1/loyalties/{campaignId}/members/{memberId}/transactions/export .parameters.filters.junction is refused as \"or\""] = OwnCampaign,
        ["body: POST /v1/loyalties/{campaignId}/points-expiration/export .parameters.filters.junction is refused as \"or\""] = OwnCampaign,
        ["body: POST /v1/loyalties/{campaignId}/transactions/export .parameters.filters.junction is refused as \"or\""] = OwnCampaign,
        ["body: POST /v1/loyalties/{campaignId}/earning-rules [].event is refused as \"something\""] = "Points of the example wait, and only those of orders do.",
        ["body: POST /v1/loyalties/{campaignId}/earning-rules [].expiration_rules*"] = Checked,
        ["body: POST /v1/loyalties/{campaignId}/earning-rules [].loyalty*"] = OneCalculation,
        ["body: POST /v1/campaigns .referral_program.referee_reward*"] = Checked,
        ["body: PUT /v1/campaigns/{campaignId} .referral_program.referee_reward*"] = Checked,
        ["body: POST /v1/loyalties/{campaignId}/earning-rules [].pending_points is refused as {}"] = Checked,
        ["body: POST /v1/loyalties/{campaignId}/earning-rules [].validation_rule_id*"] = NoRule,
        ["body: POST /v1/loyalties/{campaignId}/earning-rules [].validity_hours*"] = Checked,
        ["body: POST /v1/loyalties/{campaignId}/earning-rules [].validity_timeframe*"] = Checked,
        ["body: PUT /v1/loyalties/{campaignId}/earning-rules/{earningRuleId} .expiration_rules*"] = Checked,
        ["body: PUT /v1/loyalties/{campaignId}/earning-rules/{earningRuleId} .loyalty*"] = OneCalculation,
        ["body: PUT /v1/loyalties/{campaignId}/earning-rules/{earningRuleId} .pending_points*"] = Checked,
        ["body: PUT /v1/loyalties/{campaignId}/earning-rules/{earningRuleId} .validation_rule_id*"] = NoRule,
        ["body: PUT /v1/loyalties/{campaignId}/earning-rules/{earningRuleId} .validity_hours*"] = Checked,
        ["body: PUT /v1/loyalties/{campaignId}/earning-rules/{earningRuleId} .validity_timeframe*"] = Checked,
        ["body: POST /v1/loyalties/{campaignId}/tiers []*"] = "Two tiers of a programme do not begin with the same points, and those of the example are made by the first request.",
        ["body: PUT /v1/vouchers/{code} .expiration_date*"] = "The value of the test is before the start of the voucher.",
        ["body: POST /client/v1/redeem .reward*"] = NoReward,
        ["body: POST /client/v1/redemptions .redeemables[].reward*"] = NoReward,
        ["body: POST /client/v1/validations .redeemables[].reward*"] = NoReward,
        ["body: POST /v1/loyalties/members/{memberId}/redemption .reward*"] = NoReward,
        ["body: POST /v1/loyalties/{campaignId}/members/{memberId}/redemption .reward*"] = NoReward,
        ["body: POST /v1/redemptions .redeemables[].reward*"] = NoReward,
        ["body: POST /v1/validations .redeemables[].reward*"] = NoReward,
        ["body: POST /v1/vouchers/{code}/redemption .reward*"] = NoReward,
        ["body: POST /v1/vouchers .type is refused*"] = OtherType,
        ["body: POST /v1/vouchers/{code} .type is refused*"] = OtherType,
        ["body: POST /v1/vouchers/{code} .campaign*"] = "There is no such campaign.",
        ["body: POST /v1/vouchers .category*"] = NoCategory,
        ["body: POST /v1/vouchers/{code} .category*"] = NoCategory,
        ["body: PUT /v1/vouchers/{code} .category*"] = NoCategory,
        ["body: POST /v1/vouchers .code_config.pattern*"] = NoPlace,
        ["body: POST /v1/campaigns/{campaignId}/vouchers .code_config.pattern*"] = NoPlace,
        ["body: POST /v1/campaigns .promotion.tiers[]*"] = "A tier has a discount, which those of the test have not.",
        ["body: POST /v1/vouchers .discount*"] = OneDiscount,
        ["body: POST /v1/vouchers/{code} .discount*"] = OneDiscount,
        ["body: PUT /v1/vouchers/{code} .discount*"] = OneDiscount,
        ["body: POST /v1/campaigns/{campaignId}/transactions/export .parameters.filters.junction is refused as \"or\""] = OwnCampaign,
        ["body: POST /v1/promotions/{campaignId}/tiers .action*"] = OneDiscount,
        ["body: PUT /v1/promotions/tiers/{promotionTierId} .action*"] = OneDiscount,
        ["body: POST /v1/promotions/{campaignId}/tiers .category_id*"] = NoSuchCategory,
        ["body: PUT /v1/promotions/tiers/{promotionTierId} .category_id*"] = NoSuchCategory,
        ["body: POST /v1/promotions/{campaignId}/stacks .category_id*"] = NoSuchCategory,
        ["body: PUT /v1/promotions/{campaignId}/stacks/{stackId} .category_id*"] = NoSuchCategory,
        ["body: POST /v1/promotions/{campaignId}/tiers .validity_hours*"] = Checked,
        ["body: POST /v1/promotions/{campaignId}/tiers .validity_timeframe*"] = Checked,
        ["body: PUT /v1/promotions/tiers/{promotionTierId} .validity_hours*"] = Checked,
        ["body: PUT /v1/promotions/tiers/{promotionTierId} .validity_timeframe*"] = Checked,
        ["body: PUT /v1/promotions/tiers/{promotionTierId} .expiration_date*"] = "The value of the test is before the start of the tier.",
        ["body: POST /v1/promotions/{campaignId}/stacks .tiers is refused as {\"ids\":[]}"] = "A stack has a tier, there too.",
        ["body: POST /v1/product-collections .filter*"] = "A filter without a condition is everything, or nothing: whoever sends one is asked.",
        ["body: PUT /v1/product-collections/{productCollectionId} .filter*"] = "A filter without a condition is everything, or nothing: whoever sends one is asked.",
        ["body: POST /v1/product-collections .products[]*"] = "There is no such product, and the example is a collection by a filter.",
        ["body: POST /v1/product-collections .type is refused as \"STATIC\""] = "The example has a filter, which a static collection has not.",
        ["body: POST /v1/segments .filter is refused as {}"] = "A filter without a condition is everybody, or nobody: whoever sends one is asked.",
        ["body: POST /v1/segments .type is refused as \"static\""] = "The example has no customers, which a static segment must have.",
        ["body: POST /v1/orders .customer*"] = "The order is there, and is another customer's: an order stays with its customer.",
        ["body: PUT /v1/orders/{orderId} .customer*"] = "An order stays with its customer.",
        ["body: POST /v1/exports .parameters.order*"] = "The orders of all kinds of objects are in one list there; each kind has its own.",
        ["answer: POST /v1/exports .user_id is null"] = NoUsers,
        ["answer: POST /v1/orders/export .user_id is null"] = NoUsers,
        ["answer: GET /v1/loyalties/{campaignId}/earning-rules .data[].automation_id is missing"] = NoAutomations,
        ["answer: GET /v1/loyalties/{campaignId}/earning-rules/{earningRuleId} .automation_id is missing"] = NoAutomations,
        ["answer: POST /v1/loyalties/{campaignId}/earning-rules [].automation_id is missing"] = NoAutomations,
        ["answer: POST /v1/loyalties/{campaignId}/earning-rules/{earningRuleId}/disable .automation_id is missing"] = NoAutomations,
        ["answer: POST /v1/loyalties/{campaignId}/earning-rules/{earningRuleId}/enable .automation_id is missing"] = NoAutomations,
        ["answer: PUT /v1/loyalties/{campaignId}/earning-rules/{earningRuleId} .automation_id is missing"] = NoAutomations,
        ["answer: GET /v1/loyalties/{campaignId}/members/{memberId}/points-expiration .data[].expires_at is missing"] = "Points of the example have no end.",
        ["answer: POST /v1/loyalties/{campaignId}/rewards  is array, not object"] = "It is an array in the example of the reference: as many as were asked for.",
        ["answer: POST /v1/loyalties .loyalty_tiers_expiration.expiration_date.extend is missing"] = "Only where it was asked for.",
        ["answer: POST /v1/loyalties/members/{memberId}/transactions/export .user_id is null"] = NoUsers,
        ["answer: POST /v1/loyalties/{campaignId}/members/{memberId}/transactions/export .user_id is null"] = NoUsers,
        ["answer: POST /v1/loyalties/{campaignId}/members/{memberId}/transfers .active is boolean, not string"] = "It is a boolean in the examples of the reference.",
        ["answer: POST /v1/loyalties/{campaignId}/members/{memberId}/transfers .validity_*"] = "A card that holds at all times says so with null.",
        ["body: POST /management/v1/projects .*"] = OwnProjects,
        ["body: PUT /management/v1/projects/{projectId} .*"] = OwnProjects,
        ["answer: GET /management/v1/projects .*"] = OwnProjects,
        ["answer: GET /management/v1/projects/{projectId} .*"] = OwnProjects,
        ["answer: POST /management/v1/projects .*"] = OwnProjects,
        ["answer: PUT /management/v1/projects/{projectId} .*"] = OwnProjects,
        ["answer in the document: POST /v1/loyalties/{campaignId}/rewards  is array, not object"] = "It is an array in the example of the reference: as many as were asked for.",
        ["answer in the document: GET /management/v1/projects .*"] = OwnProjects,
        ["answer in the document: GET /management/v1/projects/{projectId} .*"] = OwnProjects,
        ["answer in the document: POST /management/v1/projects .*"] = OwnProjects,
        ["answer in the document: PUT /management/v1/projects/{projectId} .*"] = OwnProjects,
    };

    public static bool Covers(string difference, string problem) =>
        difference.EndsWith('*') ? problem.StartsWith(difference[..^1], StringComparison.Ordinal) : problem == difference;
}
