using System.Text;
using CsCheck;
using Marketing.Customers;
using Marketing.Distributions;
using Marketing.Events;
using Marketing.Http;
using Marketing.Orders;
using Xunit;

namespace Marketing.Api;

public sealed class BodyReadingTests
{
    [Theory]
    [InlineData("""{"customer":{"email":1}}""", "Payload property '.customer.email' must be string")]
    [InlineData("""{"customer":{"metadata":[]}}""", "Payload property '.customer.metadata' must be object")]
    [InlineData("""{"customer":{"birthdate":"2001-02-29"}}""", "Payload property '.customer.birthdate' must be a date, YYYY-MM-DD")]
    [InlineData("""{"customer":{"source_id":""}}""", "Payload property '.customer.source_id' must NOT have fewer than 1 characters")]
    [InlineData("""{"customer":[]}""", "Payload property '.customer' must be object")]
    [InlineData("{}", "Payload must have required property 'customer'")]
    [InlineData("""{"customer":{"metadata":{"a":[1e999]}}}""", "Payload property '.customer.metadata' must NOT contain numbers outside the range of a double")]
    public void A_refusal_names_the_field(string body, string details) =>
        Assert.Equal(details, Refusal(body, root => CustomerReader.Read(root.RequiredObject("customer"))));

    [Theory]
    [InlineData("""{"items":[{"price":1},{"quantity":1.5}]}""", "Payload property '.items[1].quantity' must be integer")]
    [InlineData("""{"items":[{"initial_quantity":0}]}""", "Payload property '.items[0].initial_quantity' must be >= 1")]
    [InlineData("""{"amount":-1}""", "Payload property '.amount' must be >= 0")]
    [InlineData("""{"amount":99999999999999999999999}""", "Payload property '.amount' must be integer")]
    public void A_refusal_names_the_element(string body, string details) => Assert.Equal(details, Refusal(body, OrderReader.Read));

    [Theory]
    [InlineData("[]", "Payload must be object")]
    [InlineData("", "Payload must be object")]
    [InlineData("null", "Payload must be object")]
    public void A_body_that_is_no_object_is_refused(string body, string details) => Assert.Equal(details, Refusal(body, OrderReader.Read));

    [Fact]
    public void Nesting_is_bounded()
    {
        Assert.Null(Refusal($"{{\"metadata\":{Nested(31)}}}", OrderReader.Read));
        Assert.Contains("32 levels", Refusal($"{{\"metadata\":{Nested(32)}}}", OrderReader.Read), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_and_repeated_fields_are_tolerated_and_the_last_one_counts()
    {
        using var body = Parse("""{"new_in_2030":1,"name":"a","name":"b","metadata":{"k":1,"k":2,"ł":"ż"}}""");
        var patch = CustomerReader.ReadPatch(body.Object);
        Assert.Equal("b", patch.Name);
        Assert.Equal("""{"k":2,"ł":"ż"}""", patch.Metadata!.ToString());
    }

    [Fact]
    public void A_null_field_is_meant_and_an_absent_one_is_not()
    {
        using var body = Parse("""{"name":null,"address":null,"metadata":null}""");
        Assert.Equal(CustomerFields.Name | CustomerFields.Address, CustomerReader.ReadPatch(body.Object).Present);
    }

    [Fact]
    public void Whatever_a_body_holds_it_is_read_or_refused()
    {
        Action<Payload>[] readers = [root => EventReader.Read(root), root => OrderReader.Read(root), root => DistributionReader.Read(root)];
        Gen.Select(Gen.Int[0, Samples.All.Length - 1], Gen.Int[0, 1_000], Gen.Int[0, Samples.HostileValues.Length - 1], Gen.Int[0, readers.Length - 1])
            .Sample((sample, field, value, reader) => Refusal(Samples.Replace(Samples.All[sample], field, Samples.HostileValues[value]), root =>
            {
                readers[reader](root);
                return root;
            }) is null or { Length: > 0 });
    }

    [Fact]
    public void Whatever_bytes_arrive_they_are_read_or_refused() =>
        Gen.Byte.Array[0, 64].Sample(bytes => Refusal(bytes, root => EventReader.Read(root)) is null or { Length: > 0 });

    private static string Nested(int levels) => string.Concat(Enumerable.Repeat("{\"a\":", levels - 1)) + "{}" + new string('}', levels - 1);

    private static JsonBody Parse(string body) => JsonBody.Parse(Encoding.UTF8.GetBytes(body));

    private static string? Refusal<T>(string body, Func<Payload, T> read) => Refusal(Encoding.UTF8.GetBytes(body), read);

    private static string? Refusal<T>(byte[] utf8, Func<Payload, T> read)
    {
        try
        {
            using var body = JsonBody.Parse(utf8);
            read(body.Object);
            return null;
        }
        catch (RefusedException refused)
        {
            return refused.Error.Details;
        }
    }
}
