using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Branding;

namespace Marketing.Api;

/// <summary>Complete bodies, and ways to spoil them.</summary>
internal static class Samples
{
    public const string Customer = """
        {"id":"c-1","source_id":"s-1","name":"Ann","description":"d","email":"ann@example.com","phone":"+48 1","birthdate":"1990-01-31",
         "address":{"city":"Łódź","state":"x","line_1":"a","line_2":"b","country":"PL","postal_code":"90-001"},"metadata":{"a":1,"b":[true,null,"x"]}}
        """;

    public const string Event = $$$"""
        {"event":"viewed","customer":{{{Customer}}},"metadata":{"n":1},"referral":{"code":"R","referrer_id":"c-2"},"loyalty":{"code":"L"}}
        """;

    public const string Order = $$$"""
        {"id":"o-1","source_id":"os-1","status":"PAID","amount":1000,"initial_amount":1000,"discount_amount":100,"created_at":"2026-01-01T00:00:00Z",
         "items":[{"source_id":"p","product_id":"p","sku_id":"k","related_object":"sku","quantity":2,"initial_quantity":2,"discount_quantity":0,"price":500,
         "amount":1000,"initial_amount":1000,"discount_amount":0,"product":{"id":"p","source_id":"p","name":"P","override":true,"metadata":{}},
         "sku":{"id":"k","sku":"K","metadata":{"c":"red"}},"metadata":{}}],
         "metadata":{"channel":"web"},"customer":{{{Customer}}},"referrer":{"id":"c-3"},"referrer_id":"c-3"}
        """;

    public const string Product = """
        {"id":"p-1","source_id":"ps-1","name":"Pear","price":100,"attributes":["size"],"metadata":{"a":1},"image_url":"https://shop.example/p.png"}
        """;

    public const string Sku = """
        {"id":"k-1","source_id":"ks-1","sku":"Pear, small","price":90,"currency":"EUR","attributes":{"size":"s"},"image_url":"https://shop.example/k.png","metadata":{"a":1}}
        """;

    public const string Export = """
        {"exported_object":"customer","parameters":{"order":"-name","fields":["id","metadata.plan"],"filters":{"junction":"and","email":{"conditions":{"$has_value":true}}}}}
        """;

    public const string Category = """{"name":"Seasonal","hierarchy":1}""";

    public const string Campaign = """
        {"name":"Spring","campaign_type":"GIFT_VOUCHERS","type":"AUTO_UPDATE","description":"d","join_once":true,"vouchers_count":3,"active":true,
         "voucher":{"type":"GIFT_VOUCHER","gift":{"amount":1000,"effect":"APPLY_TO_ORDER"},"redemption":{"quantity":2},
         "code_config":{"length":8,"charset":"ABCDEF0123","prefix":"S-","postfix":"-E"}},
         "start_date":"2026-01-01T00:00:00Z","expiration_date":"2030-12-24","validity_timeframe":{"interval":"P2D","duration":"P1D"},"validity_day_of_week":[1,2],
         "validity_hours":{"daily":[{"start_time":"09:00","expiration_time":"17:30","days_of_week":[1]}]},"activity_duration_after_publishing":"P24D","metadata":{"a":1}}
        """;

    public const string CampaignChange = """{"description":"e","expiration_date":"2031-01-31","metadata":{"b":2}}""";

    public const string Voucher = """
        {"type":"GIFT_VOUCHER","gift":{"amount":1000},"redemption":{"quantity":2},"start_date":"2026-01-01","expiration_date":"2030-12-24","active":true,
         "code_config":{"pattern":"V-########"},"additional_info":"x","metadata":{"a":1}}
        """;

    public const string LoyaltyProgram = """
        {"name":"Friends","campaign_type":"LOYALTY_PROGRAM","type":"AUTO_UPDATE","description":"d","join_once":true,"auto_join":false,"vouchers_count":2,"active":true,
         "voucher":{"type":"LOYALTY_CARD","loyalty_card":{"points":10,"expiration_rules":{"period_type":"MONTH","period_value":12,"rounding_type":"PARTICULAR_MONTH","rounding_value":3}},
         "code_config":{"pattern":"F-########"}},
         "loyalty_tiers_expiration":{"qualification_type":"POINTS_IN_PERIOD","qualification_period":"QUARTER","start_date":{"type":"NEXT_PERIOD"},
         "expiration_date":{"type":"END_OF_PERIOD","extend":"P1M","rounding":{"type":"CUSTOM","strategy":"END","unit":"MONTH","value":6}}},"metadata":{"a":1}}
        """;

    public const string RefereesOfProgram = """{"holders":[{"source_id":"s-8","name":"B"}],"metadata":{"a":1}}""";

    public const string Referees = """{"holders":[{"source_id":"s-9","name":"A"}],"metadata":{"a":1}}""";

    public const string LoyaltyMember = """{"customer":{"source_id":"s-1"},"voucher":"F-1","channel":"till","source_id":"join-1","metadata":{"a":1}}""";

    public const string Points = """{"points":5,"expiration_type":"CUSTOM_DATE","expiration_date":"2090-12-31","reason":"x","source_id":"p-1"}""";

    public const string PointsTransfers = """[{"code":"F-2","points":1,"reason":"x","source_id":"t-1"}]""";

    public const string EarningRule = """
        {"event":"order.paid","validation_rule_id":null,"loyalty":{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":100,"points":1,"points_formula":"1"}}},
         "source":{"banner":"b"},"active":true,"start_date":"2026-01-01","expiration_date":"2090-12-24","pending_points":{"period_type":"DAY","period_value":3},
         "expiration_rules":{"period_type":"FIXED_DAY_OF_YEAR","fixed_month":12,"fixed_day":31},"validity_timeframe":{"interval":"P2D","duration":"P1D"},"validity_day_of_week":[1,2],
         "validity_hours":{"daily":[{"start_time":"09:00","expiration_time":"17:30","days_of_week":[1]}]},"metadata":{"a":1}}
        """;

    public const string EarningRuleChange = """{"loyalty":{"type":"FIXED","points":3},"source":{"banner":"c"},"active":true,"metadata":{"b":2}}""";

    public const string LoyaltyTier = """{"name":"Gold","points":{"from":1000,"to":2000},"earning_rules":{"ern_1":{"type":"MULTIPLY","multiplier":2}},"rewards":{"rewa_1":{"type":"CUSTOM","points":5}},"metadata":{"a":1}}""";

    public const string Reward = """
        {"name":"A mug","type":"MATERIAL","parameters":{"product":{"id":"p-1","sku_id":null}},"stock":5,"attributes":{"image_url":"https://shop.example/mug.png","description":"d"},"metadata":{"a":1}}
        """;

    public const string RewardAssignment = """{"campaign":"Friends","reward":"rew_1","parameters":{"loyalty":{"points":5,"auto_redeem":false}},"validation_rules":[]}""";

    public const string RewardAssignmentChange = """{"parameters":{"loyalty":{"points":6}}}""";

    public const string RewardRedemption = """{"reward":{"id":"rew_1","points":5},"order":{"amount":100},"metadata":{"a":1}}""";

    public const string Publication = """{"campaign":{"name":"Spring","count":1},"customer":{"source_id":"s-1"},"channel":"till","metadata":{"a":1}}""";

    public const string Redemption = """
        {"redeemables":[{"object":"voucher","id":"G-1","gift":{"credits":10}}],"customer":{"source_id":"s-1"},"order":{"source_id":"o-r","amount":100,"status":"PAID","items":[]},
         "tracking_id":"t","metadata":{"a":1},"session":{"type":"LOCK","key":"k","ttl":1,"ttl_unit":"HOURS"},"options":{"expand":["order"]}}
        """;

    public const string SingleRedemption = """{"customer":{"source_id":"s-1"},"order":{"amount":100},"gift":{"credits":10},"tracking_id":"t","metadata":{"a":1}}""";

    public const string Qualification = """
        {"customer":{"source_id":"s-1"},"order":{"amount":100,"items":[]},"mode":"BASIC","scenario":"ALL","tracking_id":"t","metadata":{"a":1},"session":{"type":"LOCK"},
         "options":{"limit":5,"starting_after":"2030-01-01T00:00:00Z","filters":{"junction":"and","resource_type":{"conditions":{"$in":["voucher"]}}},"expand":["redeemable","category","validation_rules"],
         "sorting_rule":"DEFAULT"}}
        """;

    public const string Examination = """{"customer":{"source_id":"s-1"},"order":{"amount":100},"metadata":{"a":1},"options":{"expand":["category"]}}""";

    public const string Rollback = """{"reason":"x","tracking_id":"t","metadata":{"a":1}}""";

    public const string PromotionCampaign = """
        {"name":"Cart","campaign_type":"PROMOTION","promotion":{"tiers":[{"name":"First","banner":"b","action":{"discount":{"type":"AMOUNT","amount_off":500}},"hierarchy":1,"active":true,
         "start_date":"2026-01-01","expiration_date":"2030-12-24","metadata":{"a":1},"validation_rules":[]}]}}
        """;

    public const string PromotionTier = """
        {"name":"Tenth","banner":"10% off","action":{"discount":{"type":"PERCENT","percent_off":10,"effect":"APPLY_TO_ORDER","amount_limit":5000}},"hierarchy":1,"active":true,
         "start_date":"2026-01-01T00:00:00Z","expiration_date":"2030-12-24","validity_timeframe":{"interval":"P2D","duration":"P1D"},"validity_day_of_week":[1,2],
         "validity_hours":{"daily":[{"start_time":"09:00","expiration_time":"17:30","days_of_week":[1]}]},"metadata":{"a":1},"validation_rules":[]}
        """;

    public const string PromotionTierChange = """{"name":"Fifth","action":{"discount":{"type":"PERCENT","percent_off":20}},"hierarchy":2,"metadata":{"b":2}}""";

    public const string PromotionStack = """{"name":"Both","tiers":{"ids":["promo_1"],"hierarchy_mode":"MANUAL"}}""";

    public const string ValidationRule = """
        {"name":"Large orders","error":{"message":"Not for this order."},"type":"complex","context_type":"campaign.discount_coupons",
         "rules":{"1":{"name":"order.metadata","property":"place","conditions":{"$is":["Santorini"]},"rules":{},"error":{"message":"Only there."}},
                  "2":{"name":"campaign.redemptions.count","property":null,"conditions":{"$less_than_or_equal":[10]},"rules":{}},"logic":"1 and 2"},
         "bundle_rules":{"1":{"name":"order.items.any","conditions":{"$is":[{"id":"prod_1","type":"product_or_sku","object":"product"}]},"rules":{}},"limit":2},
         "applicable_to":{"excluded":[],"included":[{"object":"product","id":"prod_1","source_id":"p-1","effect":"APPLY_TO_EVERY","quantity_limit":1}],"included_all":false}}
        """;

    public const string RuleAssignment = """{"related_object_type":"earning_rule","related_object_id":"ern_1"}""";
    public const string Collection = """{"name":"Dear","type":"AUTO_UPDATE","filter":{"junction":"and","price":{"conditions":{"$more_than":[5000]}}}}""";

    public const string CollectionChange = """{"name":"Dearer","filter":{"junction":"and","price":{"conditions":{"$more_than":[6000]}}}}""";

    public const string MetadataSchema = """
        {"related_object":"reward","allow_defined_only":false,
         "properties":{"kind":{"type":"string","array":false,"optional":true,"object_type":null,"eq":["a","b"],"min_length":1,"max_length":9,"exact_length":1,"deleted":false},
          "worth":{"type":"number","array":true,"optional":true,"eq":[1,2.5],"ne":[3],"lt":9,"lte":9,"gt":0,"gte":0}}}
        """;

    public const string MetadataSchemaChange = """{"allow_defined_only":true,"properties":{"shape":{"type":"object","array":false,"optional":true}}}""";

    public const string EventSchema = """{"name":"sample","schema":{"properties":{"stars":{"type":"number","optional":true,"deleted":false}}}}""";

    public const string StackingRules = """
        {"redeemables_limit":25,"applicable_redeemables_limit":10,"applicable_redeemables_per_category_limit":null,"applicable_redeemables_category_limits":{"cat_1":1},
         "applicable_exclusive_redeemables_limit":2,"applicable_exclusive_redeemables_per_category_limit":2,"exclusive_categories":["cat_1"],"joint_categories":["cat_2"],
         "discount_calculation_mode":"INITIAL_AMOUNT","initial_amount_mode_categories":["cat_3"],"discounted_amount_mode_categories":["cat_4"],"redeemables_application_mode":"PARTIAL",
         "redeemables_sorting_rule":"CATEGORY_HIERARCHY","redeemables_products_application_mode":"ONCE","redeemables_no_effect_rule":"SKIP","no_effect_skip_categories":["cat_5"],
         "no_effect_redeem_anyway_categories":["cat_6"],"redeemables_rollback_order_mode":"WITHOUT_ORDER","grouped_redeemables_sorting_rule":"SORTING_RULE"}
        """;

    public const string Segment = """
        {"name":"Everybody","type":"auto-update","customers":["c-1"],
         "filter":{"junction":"and","email":{"conditions":{"$has_value":true}},"summary.orders.total_count":{"conditions":{"$more_than":[1]}}}}
        """;

    public const string SegmentPreview = """{"filter":{"junction":"and","email":{"conditions":{"$has_value":true}}}}""";

    public const string SegmentChange = """{"name":"Some","type":"auto-update","filter":{"junction":"and","email":{"conditions":{"$has_value":true}}}}""";

    public const string Distribution = """
        {"name":"Welcome","type":"automatic","trigger":{"type":"customer.segment.entered","segment_id":"seg_1","campaign_id":"camp_1","custom_event":"e",
         "loyalty_tier_id":"t","validation_rule_id":"val_1","include_current_members":true,"days":3,"points":3},"audience":{"customer":"c-1","segment_id":"seg_1"},
         "action":{"type":"plain_message","campaign_id":"camp_1","promotion_tier_id":"promo_1"},
         "channels":[{"type":"email","connection":"ch","template":{"subject":"Hi {{ customer.name }}","html":"<p>x</p>","text":"x","from_name":"Shop",
         "reply_to":"a@example.com"}},{"type":"webhook","template":{"event_name":"n","target_url":"https://example.com/h","headers":{"x-a":"1"},
         "fields":["customer"],"payload":{"a":"{{ customer.id }}"},"raw_payload":true,"max_segments":2,
         "blocks":{"version":1,"settings":{"width":600,"font":"sans"},"header":{"width":99},"blocks":[{"type":"text","content":[{"type":"paragraph","content":[{"type":"variable","name":"customer.name",
         "fallback":"x","marks":{"link":"https://a.example","size":9}}]}]},{"type":"columns","columns":[{"blocks":[{"type":"button","text":"t","href":"https://a.example","fill":"#fff"}]},{}]}],"footer":{"align":"left"}}}}],
         "starts_at":"2026-01-01","ends_at":"2030-01-01T00:00:00Z","delay":"PT10M","uncertain":"hold","tracking":{"opens":true,"clicks":false}}
        """;

    public const string Project = """
        {"name":"Shop","timezone":"Europe/Warsaw","currency":"PLN","client_trusted_domains":["shop.example"],"client_create_customer_enabled":true}
        """;

    public const string Brand = """
        {"brand":{"name":"Shop","privacy_policy_url":"https://shop.example/privacy","terms_of_use_url":"https://shop.example/terms","permission_reminder":"You asked for it.","website_url":"shop.example",
         "logo_url":"https://shop.example/logo.png"},"address":{"street":"Porcelanowa 23","city":"Katowice","postal":"40-246","state":"Silesia","country":"Poland"},
         "contact":{"email":"help@shop.example","phone":"+48 32"}}
        """;

    /// <summary>What projects of tests have, so that their mail may go out.</summary>
    public static readonly BrandDetails BrandDetails = new() { Id = "brd_test", Name = "Shop", Street = "Porcelanowa 23", City = "Katowice", State = "Silesia", Country = "Poland", Email = "help@shop.example" };

    public const string MessageTemplate = """{"name":"Spring","template":{"subject":"Hi","html":"<p>x</p>","from_name":"Shop"}}""";

    public const string BlocksToCopy = """{"template":{"blocks":{"version":1,"blocks":[{"type":"divider"}],"footer":{}}}}""";

    public const string Key = """{"kind":"server","name":"Team"}""";

    public const string Webhook = """{"target_url":"https://shop.example/hooks","events":["customer.order.paid","redemption.succeeded"],"active":true}""";

    public const string Channel = """
        {"name":"Newsletter","type":"email","provider":"smtp","settings":{"host":"smtp.example.com","port":2525,"security":"none","from":"Shop <news@example.com>"},
         "credentials":{"user":"shop","password":"secret"},"default":true,"rate_limit":50}
        """;

    public const string Suppression = """{"channel":"email","address":"Ann@Example.com","reason":"manual"}""";

    public const string CampaignTemplate = """{"name":"Every October","description":"d","campaign_id":"Spring"}""";

    public const string CampaignSetup = """{"name":"October","description":"d","join_once":true,"vouchers_count":2}""";

    public const string TierSetup = """{"campaign_id":"Cart","name":"October","banner":"b","hierarchy":1}""";

    public const string Topic = """{"name":"New arrivals","description":"Once a week"}""";

    public static readonly string[] All = [Event, Order, Distribution];

    /// <summary>JSON values that do not belong where they are put.</summary>
    public static readonly string[] HostileValues =
    [
        "null", "true", "0", "-1", "1.5", "1e999", "123456789012345678901234567890", "-9223372036854775808", "9223372036854775807", "\"\"", "\" \"",
        "\"\\u0000\"", "\"\\ud800\"", "\"\\r\\nBcc: x@example.com\"", "\"' OR 1=1 --\"", "\"{{ 1 | fail }} {% if %}\"", "\"\\u202e\\ufeff\\uffff😀\"", "\"0001-01-01\"",
        "\"9999-12-31T23:59:59.9999999Z\"", "\"P9999999D\"", "[]", "[[]]", "[null]", "[{}]", "{}", "{\"\":{}}", "{\"$in\":[{}]}", "{\"conditions\":{\"$regex\":\"(a+)+$\"}}",
        "{\"a\":1,\"a\":2}", $"\"{new string('x', 5_000)}\"", $"\"{new string('%', 301)}\"",
    ];

    /// <summary>The body with its n-th value, counted through all levels, replaced.</summary>
    public static string Replace(string body, int field, string value)
    {
        var paths = Paths(body);
        return ReplaceAt(body, paths[field % paths.Count], value);
    }

    /// <summary>The body in all spoiled forms.</summary>
    public static IEnumerable<string> Spoiled(string body) =>
        Paths(body).SelectMany(path => HostileValues.Select(value => ReplaceAt(body, path, value)));

    private static string ReplaceAt(string body, string path, string value)
    {
        // A marker goes in as a node and is then replaced as text: not every hostile value is a node.
        var root = JsonNode.Parse(body)!;
        var node = Walk(root).First(found => found.GetPath() == path);
        node.ReplaceWith(JsonValue.Create("@@hostile@@"));
        return root.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
            .Replace("\"@@hostile@@\"", value, StringComparison.Ordinal);
    }

    private static List<string> Paths(string body) => [.. Walk(JsonNode.Parse(body)!).Select(node => node.GetPath()).Where(path => path != "$")];

    private static IEnumerable<JsonNode> Walk(JsonNode node)
    {
        var children = node switch
        {
            JsonObject fields => fields.Select(field => field.Value),
            JsonArray items => items,
            _ => [],
        };
        return children.OfType<JsonNode>().SelectMany(Walk).Prepend(node);
    }
}
