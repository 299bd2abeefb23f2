using Marketing.Customers;
using Marketing.Http;

namespace Marketing.Publications;

/// <summary>Reads what to publish to whom.</summary>
internal static class PublicationReader
{
    public static (PublishCommand Command, CustomerReference Customer) Read(Payload body)
    {
        var (campaign, count) = Campaign(body);
        var voucher = body.Line("voucher", TextLimits.Id);
        if (voucher is null && campaign is null)
        {
            throw new RefusedException(new ApiError(400, "missing_vouchers", "Missing vouchers", "Either Campaign or Voucher is required"));
        }

        var source = body.Identifier("source_id");
        if (source is not null && voucher is null && count > 1)
        {
            throw body.Refuse(".campaign.count", "must be 1 where there is a source_id");
        }

        var command = new PublishCommand
        {
            Id = "",
            CustomerId = "",
            Voucher = voucher,
            Campaign = voucher is null ? campaign : null,
            Count = voucher is null ? count : 1,
            SourceId = source,
            Channel = body.Line("channel", TextLimits.Name) is { Length: > 0 } channel ? channel : "API",
            Metadata = body.RawObject("metadata") ?? RawJson.EmptyObject,
        };
        return (command, Customer(body));
    }

    // An object, or the id or source id alone.
    public static CustomerReference Customer(Payload body)
    {
        if (body.Any("customer") is not { } given)
        {
            throw body.Missing("customer");
        }

        if (!given.IsText)
        {
            return CustomerReader.ReadNamed(given.AsObject());
        }

        var text = body.Identifier("customer")!;
        return Ids.CanBe("cust_", text) && text.StartsWith("cust_", StringComparison.Ordinal)
            ? new CustomerReference(text, null, CustomerPatch.Nothing)
            : new CustomerReference(null, text, CustomerPatch.Nothing with { SourceId = text });
    }

    private static (string? Name, int Count) Campaign(Payload body)
    {
        if (body.Any("campaign") is not { } given)
        {
            return (null, 1);
        }

        if (given.IsText)
        {
            return (body.Identifier("campaign"), 1);
        }

        var campaign = given.AsObject();
        var name = campaign.Identifier("name") ?? campaign.Identifier("id") ?? throw campaign.Missing("name");
        if (campaign.Integer("count", 1) is > PublishCommand.MostCodes and var many)
        {
            throw new RefusedException(new ApiError(
                400, "too_many_vouchers_requested", "Too many vouchers requested", $"{many} vouchers requested; one publication has at most {PublishCommand.MostCodes}"));
        }

        return (name, (int)(campaign.Integer("count", 1) ?? 1));
    }
}
