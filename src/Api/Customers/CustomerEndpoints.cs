using Marketing.Http;
using Marketing.Segments;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Customers;

/// <summary>Customers: profiles, what is known of them, and their erasure.</summary>
internal static class CustomerEndpoints
{
    private const int MaxPage = 99;

    public static void MapCustomers(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/customers").WithTags("Customers").WithPath("customerId", "The id or the source id of the customer.");
        group.MapPost("", SaveAsync).WithName("SaveCustomer").Accepts<CustomerRequest>("application/json").WithExample(CustomerExamples.Customer);
        group.MapGet("", ListAsync).WithName("ListCustomers").WithQuery(
            [
                Query.Limit, Query.Page(MaxPage), Query.Text("email", "Only customers with this email address, in any case."),
                Query.Text("city", "Only customers of this city, written exactly so."), Query.Text("name", "Only customers of this name, written exactly so."),
                Query.Text("segment_id", "Only members of this segment, which must exist."), .. Query.Between("created_at", "created"),
                .. Query.Between("updated_at", "changed"), Query.Order("-created_at", "created_at", "updated_at", "source_id"),
                Query.Instant("starting_after", "Only customers created after this time, or before it when the order is descending."),
            ]);
        group.MapGet("/{customerId}", GetAsync).WithName("GetCustomer");
        group.MapPut("/{customerId}", UpdateAsync).WithName("UpdateCustomer").Accepts<CustomerRequest>("application/json")
            .WithExample(CustomerExamples.Change);
        group.MapDelete("/{customerId}", DeleteAsync).WithName("DeleteCustomer");
        group.MapPost("/{customerId}/permanent-deletion", EraseAsync).WithName("EraseCustomer");
        group.MapCustomerReads();
        group.MapCustomerBulk();
    }

    /// <summary>Creates a customer, or updates the one with this id or source id.</summary>
    internal static async Task<Results<Wire<CustomerResponse>, ApiError>> SaveAsync(Caller caller, JsonBody body, IGrainFactory grains)
    {
        var reference = CustomerReader.Read(body.Object);
        var id = await reference.ResolveAsync(caller, grains);
        return Answer(id, await grains.Customer(caller.Number, id).RecordAsync(new ProfileGiven(reference.Patch), caller.Context(body.Utf8.Span)));
    }

    /// <summary>
    /// Lists customers. <c>starting_after</c> is the <c>created_at</c> of the last customer that was read, or with <c>order=updated_at</c> the <c>updated_at</c>,
    /// which leaves out those that were never updated. A page that would end among customers of one instant goes on to the last of them: it may be longer than
    /// <c>limit</c>, and no walk misses any of them. <c>total</c> is exact for the project and for a segment, and up to 10,000 for everything else; where there are more,
    /// it is 10,000 and <c>total_is_minimum</c> is true.
    /// </summary>
    internal static async Task<Wire<CustomerListResponse>> ListAsync(
        Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var list = ReadList(query);
        var page = query.Text("segment_id") is { } segment
            ? await grains.SegmentQueries(caller.Number).MembersAsync(segment, list, cancellation) ?? throw QueryReader.Refuse("segment_id", "must be a segment that there is")
            : await grains.CustomerQueries(caller.Number).ListAsync(list, cancellation);
        var customers = page.Items.Select(CustomerResponse.From);
        return Wire.Ok(new CustomerListResponse([.. customers], page.Total, page.HasMore) { TotalIsMinimum = page.TotalIsMinimum ? true : null });
    }

    /// <summary>One customer, by id or source id.</summary>
    internal static async Task<Results<Wire<CustomerResponse>, ApiError>> GetAsync(
        string customerId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.Reference(customerId) is { } reference && await grains.CustomerQueries(caller.Number).FindAsync(reference, cancellation) is { } customer
            ? Wire.Ok(CustomerResponse.From(customer))
            : ApiError.NotFound("customer", customerId);

    /// <summary>Changes the fields that are given; the others stay. The ids are fixed.</summary>
    internal static async Task<Results<Wire<CustomerResponse>, ApiError>> UpdateAsync(
        string customerId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var patch = CustomerReader.ReadPatch(body.Object);
        return await FindIdAsync(customerId, caller, grains) is { } id
            ? Answer(customerId, await grains.Customer(caller.Number, id).RecordAsync(new ProfileGiven(patch, Presence.MustExist), caller.Context(body.Utf8.Span)))
            : ApiError.NotFound("customer", customerId);
    }

    /// <summary>Deletes a customer with their events, orders and memberships.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string customerId, Caller caller, IGrainFactory grains) =>
        await FindIdAsync(customerId, caller, grains) is { } id && await grains.Customer(caller.Number, id).DeleteAsync(caller.Context([]))
            ? TypedResults.NoContent()
            : ApiError.NotFound("customer", customerId);

    /// <summary>Erases a customer and everything connected for good, and reports how much that was.</summary>
    internal static async Task<Results<Wire<CustomerErasureResponse>, ApiError>> EraseAsync(
        string customerId, Caller caller, IGrainFactory grains, TimeProvider clock)
    {
        if (await FindIdAsync(customerId, caller, grains) is not { } id ||
            await grains.Customer(caller.Number, id).EraseAsync(caller.Context([])) is not { } erased)
        {
            return ApiError.NotFound("customer", customerId);
        }

        var counts = new ErasedCounts(erased.Events, erased.Events, erased.Segments, erased.Orders, erased.OrderEvents);
        return Wire.Ok(new CustomerErasureResponse(ObjectIds.New("del_"), clock.GetUtcNow(), id, counts));
    }

    /// <summary>The id behind a path segment, or null when no customer answers to it.</summary>
    internal static async ValueTask<string?> FindIdAsync(string customerId, Caller caller, IGrainFactory grains) =>
        Ids.Reference(customerId) is { } reference ? await grains.CustomerQueries(caller.Number).FindIdAsync(reference) : null;

    private static Results<Wire<CustomerResponse>, ApiError> Answer(string id, CustomerAnswer answer) =>
        answer is CustomerAnswer.Recorded recorded ? Wire.Ok(CustomerResponse.From(recorded.Customer)) : CustomerRefusals.Of(answer, id);

    private static CustomerListQuery ReadList(QueryReader query) => new()
    {
        Limit = query.Limit(),
        Page = query.Page(MaxPage),
        Email = query.Text("email", TextLimits.Email),
        City = query.Text("city"),
        Name = query.Text("name"),
        CreatedAt = query.Range("created_at"),
        UpdatedAt = query.Range("updated_at"),
        Order = query.Order("-created_at", "created_at", "updated_at", "source_id"),
        StartingAfter = query.Instant("starting_after"),
    };
}
