using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Customers;

/// <summary>Customers who introduce themselves in a browser or app.</summary>
internal static class ClientCustomerEndpoints
{
    public static void MapClientCustomers(this IEndpointRouteBuilder client) =>
        client.MapPost("/customers", CreateAsync).WithName("CreateClientSideCustomer").WithTags("Client side")
            .WithQuery(Query.Origin)
            .Accepts<CustomerRequest>("application/json").WithExample(CustomerExamples.Customer);

    /// <summary>
    /// Creates a customer from a browser or app, while the project's <c>client_create_customer_enabled</c> says so; otherwise there is nothing at this path. A
    /// profile that exists is neither changed nor shown, because the key is public: whoever has the id or source id already is answered by ids alone.
    /// </summary>
    internal static async Task<Results<Wire<CustomerResponse>, Wire<CustomerBrief>, ApiError>> CreateAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        if (!caller.Project.Settings.ClientCreateCustomer)
        {
            return ApiError.ForStatus(StatusCodes.Status404NotFound);
        }

        var customer = CustomerReader.Read(body.Object);
        var id = await customer.ResolveAsync(caller, grains);
        return await grains.Customer(caller.Number, id).RecordAsync(new ProfileGiven(customer.Patch, Presence.MustBeNew), caller.Context(body.Utf8.Span)) switch
        {
            CustomerAnswer.Recorded created => Wire.Ok(CustomerResponse.From(created.Customer)),
            CustomerAnswer.Existed known => Wire.Ok(new CustomerBrief { Id = known.Id, SourceId = known.SourceId }),
            var refusal => CustomerRefusals.Of(refusal, id),
        };
    }
}
