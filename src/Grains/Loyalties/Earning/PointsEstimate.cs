using System.Text.Json;
using Marketing.Carts;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Discounts;
using Marketing.Projects;
using Marketing.ValidationRules;
using Marketing.Validity;

namespace Marketing.Loyalties;

/// <summary>What an order would earn. Pure: who is in which static segment it does not ask, so a rule that needs it does not hold.</summary>
internal static class PointsEstimate
{
    /// <param name="catalogue">The project's.</param>
    /// <param name="program">The programme.</param>
    /// <param name="cart">The order.</param>
    /// <param name="person">The customer; null for somebody unknown.</param>
    /// <param name="member">What is on the customer's card; null for none.</param>
    /// <param name="now">When.</param>
    public static long Of(CatalogueSnapshot catalogue, LoyaltyProgram program, Cart cart, CustomerRow? person, MemberState? member, DateTimeOffset now)
    {
        var calendar = catalogue.Section<ProjectSection>().Calendar;
        var tier = program.Find(member?.Tier?.Tier);
        var metadata = person is null ? default : LoyaltyJson.Child(JsonElement.Parse(person.Document), "metadata");
        var subject = new EarningSubject { Order = cart, Data = new FormulaData { Now = TimeZoneInfo.ConvertTime(now, calendar.TimeZone), Customer = metadata } };
        var asked = new RuleSubject { Customer = person is null ? null : RuleCustomer.Of(person, []), Order = cart, LoyaltyTier = tier?.Name, Now = now };
        return catalogue.Section<LoyaltySection>().Listeners(TriggerCatalogue.OrderPaid, null)
            .Where(rule => rule.Row.Campaign == program.Campaign.Number && rule.Validity.At(now, calendar) == ValidityState.Holds)
            .Where(rule => rule.RuleId is not { } id || catalogue.ValidationRules.Find(id)?.Rule?.Evaluate(asked).Holds is true)
            .Sum(rule => Math.Min(rule.Calculation!.PointsOf(subject, tier?.MappingOf(rule.Id)), LoyaltyLimits.Points));
    }
}
