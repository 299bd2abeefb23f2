namespace Marketing.Carts;

/// <summary>How large a cart may be, so that what is computed of it cannot overflow, and so that clients read its numbers exactly.</summary>
internal static class CartLimits
{
    /// <summary>The largest amount or price, in minor units.</summary>
    public const long Amount = 1_000_000_000_000_000;

    /// <summary>The most units of a line.</summary>
    public const long Quantity = 1_000_000_000;

    /// <summary>The most lines that are sent.</summary>
    public const int Lines = 500;
}
