using System.Globalization;

namespace Marketing.Vouchers;

/// <summary>Keys of what a voucher holds. An account that nobody has changed holds 0, so what a new card is worth costs no row.</summary>
internal static class VoucherAccounts
{
    /// <summary>How often it was redeemed, and is held to be.</summary>
    public static string Uses(long voucher) => $"voucher/{voucher}/uses";

    /// <summary>Credits of a gift card beside those it began with.</summary>
    public static string Credits(long voucher) => $"voucher/{voucher}/credits";

    /// <summary>What changes of the credits of a campaign's cards are listed under.</summary>
    public static string CreditsIn(long campaign) => $"campaign/{campaign}/credits";

    /// <summary>The card whose credits an account is.</summary>
    public static long OfCredits(string account) => long.Parse(account.AsSpan("voucher/".Length..^"/credits".Length), CultureInfo.InvariantCulture);

    /// <summary>Tally: uses that sessions hold.</summary>
    public static string Held(long voucher) => $"voucher/{voucher}/held";

    /// <summary>Tally: credits that sessions hold.</summary>
    public static string HeldCredits(long voucher) => $"voucher/{voucher}/held_credits";

    /// <summary>Tally: credits that were added in all.</summary>
    public static string Added(long voucher) => $"voucher/{voucher}/added";

    /// <summary>Tally: credits that were taken in all, redemptions apart.</summary>
    public static string Subtracted(long voucher) => $"voucher/{voucher}/subtracted";
}
