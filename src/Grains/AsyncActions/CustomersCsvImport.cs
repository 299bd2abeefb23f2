using System.Text;
using System.Text.Json;
using Marketing.Customers;

namespace Marketing.AsyncActions;

/// <summary>
/// Customers from CSV in the documented format, or separated by semicolon, tab or bar: known headers are profile fields, every other column becomes metadata.
/// </summary>
internal sealed class CustomersCsvImport(CustomerBatch batch) : IImport
{
    private const int Part = 1_000;

    private static readonly Dictionary<string, CustomerColumn> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Id"] = CustomerColumn.Id,
        ["Source_id"] = CustomerColumn.SourceId,
        ["Name"] = CustomerColumn.Name,
        ["Email"] = CustomerColumn.Email,
        ["Phone"] = CustomerColumn.Phone,
        ["Birthdate"] = CustomerColumn.Birthdate,
        ["Birthday"] = CustomerColumn.Birthdate,
        ["Description"] = CustomerColumn.Description,
        ["Address_line_1"] = CustomerColumn.Line1,
        ["Address_line_2"] = CustomerColumn.Line2,
        ["Address_Postal_Code"] = CustomerColumn.PostalCode,
        ["Postal_Code"] = CustomerColumn.PostalCode,
        ["Address_City"] = CustomerColumn.City,
        ["City"] = CustomerColumn.City,
        ["Address_State"] = CustomerColumn.State,
        ["State"] = CustomerColumn.State,
        ["Address_Country"] = CustomerColumn.Country,
        ["Country"] = CustomerColumn.Country,
    };

    public string Type => AsyncActionTypes.CustomersImport;

    public string? Imported => "customer";

    public async IAsyncEnumerable<ImportStep> RunAsync(ImportJob job)
    {
        var text = Encoding.UTF8.GetString(job.Payload.AsSpan(job.Payload.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0));
        var header = CsvHeader.Of(text, Known);
        var rows = new CsvRows(text, header.Separator);
        rows.Read();
        var total = CountRows(job.Payload);
        var row = 0L;
        var failures = new List<ImportFailure>();
        var changes = new List<CustomerRowChange>(Part);
        var more = true;
        while (more)
        {
            more = rows.Read();
            if (more && ++row > job.Cursor)
            {
                Take(rows, header, row, changes, failures);
            }

            if (changes.Count + failures.Count >= Part || (!more && (changes.Count > 0 || failures.Count > 0)))
            {
                failures.AddRange(await batch.ApplyAsync(job, changes));
                yield return new ImportStep(row, Math.Max(total, row), [.. failures]);
                changes.Clear();
                failures.Clear();
            }
        }
    }

    // Quoted line breaks make this an estimate; it only feeds the progress.
    private static long CountRows(byte[] payload) => Math.Max(0, payload.AsSpan().Count((byte)'\n') - 1);

    private static void Take(CsvRows rows, CsvHeader header, long row, List<CustomerRowChange> changes, List<ImportFailure> failures)
    {
        if ((rows.Problem ?? header.WhyNot(rows.Fields)) is { } problem)
        {
            failures.Add(new ImportFailure(row, null, $"line {rows.Line}: {problem}"));
            return;
        }

        var fields = new string?[Enum.GetValues<CustomerColumn>().Length];
        var metadata = new Dictionary<string, string>();
        for (var i = 0; i < header.Names.Count; i++)
        {
            var value = rows.Fields[i].Length == 0 ? null : rows.Fields[i];
            if (Known.TryGetValue(header.Names[i], out var column))
            {
                fields[(int)column] ??= value;
            }
            else if (value is not null && header.Names[i].Length > 0)
            {
                metadata[header.Names[i]] = value;
            }
        }

        string? Field(CustomerColumn column) => fields[(int)column];
        var patch = new CustomerPatch
        {
            ReplaceAll = true,
            SourceId = Field(CustomerColumn.SourceId),
            Name = Field(CustomerColumn.Name),
            Email = Field(CustomerColumn.Email),
            Phone = Field(CustomerColumn.Phone),
            Birthdate = Field(CustomerColumn.Birthdate),
            Description = Field(CustomerColumn.Description),
            Address = Address(Field),
            Metadata = metadata.Count == 0 ? null : new RawJson(JsonSerializer.SerializeToUtf8Bytes(metadata, WireJson.Options)),
        };

        if (CustomerLimits.WhyNot(Field(CustomerColumn.Id), patch) is { } reason)
        {
            failures.Add(new ImportFailure(row, patch.SourceId, reason));
        }
        else
        {
            changes.Add(new CustomerRowChange(row, Field(CustomerColumn.Id), patch.SourceId, patch));
        }
    }

    private static CustomerAddress? Address(Func<CustomerColumn, string?> field)
    {
        var address = new CustomerAddress
        {
            Line1 = field(CustomerColumn.Line1),
            Line2 = field(CustomerColumn.Line2),
            PostalCode = field(CustomerColumn.PostalCode),
            City = field(CustomerColumn.City),
            State = field(CustomerColumn.State),
            Country = field(CustomerColumn.Country),
        };
        return address == new CustomerAddress() ? null : address;
    }
}
