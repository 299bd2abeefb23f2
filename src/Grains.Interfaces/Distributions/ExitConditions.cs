using Marketing.Catalogue;

namespace Marketing.Distributions;

/// <summary>
/// What ends the wait for a message of an automatic distribution that is delayed, held or tried again: whoever it holds for when the message would go out is skipped, with the condition as the reason.
/// </summary>
public static class ExitConditions
{
    /// <summary>The order that started it is paid or fulfilled by then.</summary>
    public const string OrderPaid = "order_paid";

    /// <summary>The order that started it is canceled by then.</summary>
    public const string OrderCanceled = "order_canceled";

    /// <summary>The customer is no longer in the segment whose entering started it.</summary>
    public const string LeftSegment = "left_segment";

    /// <summary>The code that started it was redeemed and not given back; the reason is <c>redeemed</c>.</summary>
    public const string CodeRedeemed = "code_redeemed";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [OrderPaid, OrderCanceled, LeftSegment, CodeRedeemed];

    /// <summary>Those that can come true after a trigger; of the others nothing could be asked, or they hold from the start.</summary>
    public static IEnumerable<string> Of(TriggerDescriptor trigger)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        return All.Where(condition => condition switch
        {
            OrderPaid => trigger.Type is TriggerCatalogue.OrderCreated or TriggerCatalogue.OrderUpdated,
            OrderCanceled => trigger.Type is TriggerCatalogue.OrderCreated or TriggerCatalogue.OrderUpdated or TriggerCatalogue.OrderPaid or TriggerCatalogue.OrderFulfilled,
            LeftSegment => trigger.Type == TriggerCatalogue.SegmentEntered,
            _ => trigger.Type is TriggerCatalogue.Published or TriggerCatalogue.CreditsAdjusted or TriggerCatalogue.RolledBack,
        });
    }
}
