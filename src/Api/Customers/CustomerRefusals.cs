using System.Diagnostics;
using Marketing.Http;

namespace Marketing.Customers;

/// <summary>How callers are told that a customer's grain did not take something.</summary>
internal static class CustomerRefusals
{
    /// <param name="answer">Of the grain.</param>
    /// <param name="named">How the caller named the customer; null where by id.</param>
    public static ApiError Of(CustomerAnswer answer, string? named = null) => answer switch
    {
        CustomerAnswer.NotFound missing => ApiError.NotFound("customer", named ?? missing.CustomerId),
        CustomerAnswer.Taken taken => ApiError.DuplicateSourceId("Customer", taken.Value),
        CustomerAnswer.Invalid invalid => ApiError.InvalidMetadata(invalid.Problems.Select(problem => problem.Problem)),
        CustomerAnswer.KeyReused => ApiError.KeyReused(),
        CustomerAnswer.Deleted deleted => ApiError.DeletedMeanwhile("customer", named ?? deleted.CustomerId),
        _ => throw new UnreachableException(),
    };
}
