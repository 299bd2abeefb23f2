namespace Marketing.Discounts;

/// <summary>Divides an amount so that the parts add up to it.</summary>
internal static class Split
{
    /// <summary>
    /// Divides by weight with the largest remainder, the earlier one where two are equal. What one has no room for goes to the others. All of it is divided if there is room for it
    /// where there is weight.
    /// </summary>
    /// <param name="amount">What is divided.</param>
    /// <param name="weights">Not negative.</param>
    /// <param name="rooms">The most of each.</param>
    /// <param name="parts">Where the parts go.</param>
    public static void ByWeight(long amount, ReadOnlySpan<long> weights, ReadOnlySpan<long> rooms, Span<long> parts)
    {
        parts.Clear();
        Span<bool> isOpen = weights.Length <= 64 ? stackalloc bool[weights.Length] : new bool[weights.Length];
        for (var at = 0; at < weights.Length; at++)
        {
            isOpen[at] = weights[at] > 0 && rooms[at] > 0;
        }

        // Every round but the last fills one up and closes it.
        while (amount > 0 && LargestRemainder(amount, weights, isOpen, parts))
        {
            var isFull = false;
            for (var at = 0; at < parts.Length; at++)
            {
                if (isOpen[at] && parts[at] > rooms[at])
                {
                    isFull = true;
                    isOpen[at] = false;
                    parts[at] = rooms[at];
                    amount -= rooms[at];
                }
            }

            if (!isFull)
            {
                return;
            }
        }

        for (var at = 0; at < parts.Length; at++)
        {
            if (isOpen[at])
            {
                parts[at] = 0;
            }
        }
    }

    private static bool LargestRemainder(long amount, ReadOnlySpan<long> weights, ReadOnlySpan<bool> isOpen, Span<long> parts)
    {
        Int128 sum = 0;
        for (var at = 0; at < weights.Length; at++)
        {
            sum += isOpen[at] ? weights[at] : 0;
        }

        if (sum == 0)
        {
            return false;
        }

        var remainders = new Int128[weights.Length];
        var left = amount;
        for (var at = 0; at < weights.Length; at++)
        {
            if (isOpen[at])
            {
                (var part, remainders[at]) = Int128.DivRem((Int128)amount * weights[at], sum);
                parts[at] = (long)part;
                left -= parts[at];
            }
        }

        for (; left > 0; left--)
        {
            var largest = -1;
            for (var at = 0; at < weights.Length; at++)
            {
                if (isOpen[at] && (largest < 0 || remainders[at] > remainders[largest]))
                {
                    largest = at;
                }
            }

            parts[largest]++;
            remainders[largest] = -1;
        }

        return true;
    }
}
