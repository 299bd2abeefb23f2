namespace Marketing.Discounts;

/// <summary>What an amount is taken off.</summary>
internal enum AmountEffect
{
    ApplyToOrder,
    ApplyToItems,

    /// <summary>Divided by what the lines cost as they were sent.</summary>
    ApplyToItemsProportionally,

    /// <summary>Divided by how many units they have.</summary>
    ApplyToItemsProportionallyByQuantity,

    /// <summary>The whole amount off each unit.</summary>
    ApplyToItemsByQuantity,
}

/// <summary>What a percentage, a new price or credits are about.</summary>
internal enum PlainEffect
{
    ApplyToOrder,
    ApplyToItems,
}

/// <summary>How units are given away.</summary>
internal enum UnitEffect
{
    /// <summary>Always more of them.</summary>
    AddNewItems,

    /// <summary>Those in the cart first, and what is missing.</summary>
    AddMissingItems,
}

/// <summary>What a percentage is of.</summary>
internal enum CalculationMode
{
    /// <summary>What earlier discounts left.</summary>
    DiscountedAmount,

    /// <summary>What it was before any discount.</summary>
    InitialAmount,
}
