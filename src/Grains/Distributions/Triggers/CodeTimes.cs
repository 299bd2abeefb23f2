using Marketing.Catalogue;
using Marketing.Publications;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Distributions.Triggers;

/// <summary>When something is written about a code that a customer has, and what keeps it from being written. Pure.</summary>
internal static class CodeTimes
{
    /// <summary>What a code that was given out makes those owe who listen to that: of some nothing, as where it never expires, or did so before its customer could be told in time.</summary>
    public static OwedOccurrence? Owed(DistributionEntry listener, GivenCode code, DateTimeOffset givenAt) =>
        DueAt(listener.Draft.Trigger!, code.End, givenAt) is { } due && due >= givenAt ? new OwedOccurrence(listener, Occurrences.OfCode(code.Voucher), due) : null;

    /// <summary>What becomes of a message about a code that is due.</summary>
    /// <param name="trigger">What made it owed.</param>
    /// <param name="voucher">The code as it is; null where it was deleted.</param>
    /// <param name="customer">The customer's number.</param>
    /// <param name="now">When.</param>
    public static CodeVerdict Judge(TriggerDefinition trigger, VoucherView? voucher, long customer, DateTimeOffset now)
    {
        if (voucher is null || voucher.Holder?.Customer != customer || voucher.Campaign is not { IsDeleted: false })
        {
            return new CodeVerdict.Skip(SkipReasons.CodeDeleted);
        }

        if (!voucher.Row.IsActive || !voucher.Campaign.Row.IsActive)
        {
            return new CodeVerdict.Skip(SkipReasons.CodeDisabled);
        }

        if (IsRedeemed(trigger, voucher))
        {
            return new CodeVerdict.Skip(SkipReasons.Redeemed);
        }

        var end = voucher.Validity.End;
        if (end < now)
        {
            return new CodeVerdict.Skip(SkipReasons.CodeExpired);
        }

        return trigger.Type != TriggerCatalogue.ExpiresSoon ? CodeVerdict.Send.It
            : DueAt(trigger, end, voucher.Holder.At) is not { } due ? new CodeVerdict.Skip(SkipReasons.NoExpiration)
            : due > now ? new CodeVerdict.PutOff(due)
            : CodeVerdict.Send.It;
    }

    // What is left on a gift card expires, however often it was used.
    private static bool IsRedeemed(TriggerDefinition trigger, VoucherView voucher) =>
        trigger.Type == TriggerCatalogue.ExpiresSoon && voucher.Row.Type == VoucherTypes.Gift ? voucher.Balance <= 0 : voucher.Redeemed > 0;

    private static DateTimeOffset? DueAt(TriggerDefinition trigger, DateTimeOffset? end, DateTimeOffset givenAt)
    {
        var days = TimeSpan.FromDays(trigger.Days!.Value);
        return trigger.Type == TriggerCatalogue.ExpiresSoon ? end - days : givenAt + days;
    }
}

/// <summary>What becomes of a message about a code.</summary>
internal abstract record CodeVerdict
{
    private CodeVerdict()
    {
    }

    /// <summary>There is reason to send it.</summary>
    internal sealed record Send : CodeVerdict
    {
        public static readonly Send It = new();
    }

    /// <summary>There is none any more.</summary>
    /// <param name="Reason">One of <see cref="SkipReasons"/>.</param>
    internal sealed record Skip(string Reason) : CodeVerdict;

    /// <summary>The code expires later than it did.</summary>
    /// <param name="Until">When it is due now.</param>
    internal sealed record PutOff(DateTimeOffset Until) : CodeVerdict;
}
