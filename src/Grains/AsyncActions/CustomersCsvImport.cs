using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Marketing.Customers;

namespace Marketing.AsyncActions;

/// <summary>Customers from CSV in the documented format: known headers are profile fields, every other column becomes metadata.</summary>
internal sealed class CustomersCsvImport(CustomerBatch batch) : IImport
{
    private const int Part = 1_000;

    private static readonly Dictionary<string, Column> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Id"] = Column.Id,
        ["Source_id"] = Column.SourceId,
        ["Name"] = Column.Name,
        ["Email"] = Column.Email,
        ["Phone"] = Column.Phone,
        ["Birthdate"] = Column.Birthdate,
        ["Birthday"] = Column.Birthdate,
        ["Description"] = Column.Description,
        ["Address_line_1"] = Column.Line1,
        ["Address_line_2"] = Column.Line2,
        ["Address_Postal_Code"] = Column.PostalCode,
        ["Postal_Code"] = Column.PostalCode,
        ["Address_City"] = Column.City,
        ["City"] = Column.City,
        ["Address_State"] = Column.State,
        ["State"] = Column.State,
        ["Address_Country"] = Column.Country,
        ["Country"] = Column.Country,
    };

    private enum Column
    {
        Id,
        SourceId,
        Name,
        Email,
        Phone,
        Birthdate,
        Description,
        Line1,
        Line2,
        PostalCode,
        City,
        State,
        Country,
    }

    public string Type => AsyncActionTypes.CustomersImport;

    public string? Imported => "customer";

    public async IAsyncEnumerable<ImportStep> RunAsync(ImportJob job)
    {
        using var csv = Open(job.Payload);
        var headers = ReadHeaders(csv);
        var total = CountRows(job.Payload);
        var row = 0L;
        var failures = new List<ImportFailure>();
        var changes = new List<CustomerRowChange>(Part);
        var more = true;
        while (more)
        {
            more = Read(csv);
            if (more && ++row > job.Cursor)
            {
                Take(csv, headers, row, changes, failures);
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

    private static CsvReader Open(byte[] payload)
    {
        var reader = new StreamReader(new MemoryStream(payload), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false));
        return new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, MissingFieldFound = null, TrimOptions = TrimOptions.Trim });
    }

    private static string[] ReadHeaders(CsvReader csv)
    {
        if (!Read(csv) || !csv.ReadHeader() || csv.HeaderRecord is not { Length: > 0 } headers)
        {
            throw new ImportRefusedException("The file has no header row");
        }

        var duplicate = headers.GroupBy(header => header, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        return duplicate is null ? headers : throw new ImportRefusedException($"The header {duplicate.Key} occurs twice");
    }

    private static bool Read(CsvReader csv)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvHelperException malformed)
        {
            throw new ImportRefusedException($"The file is not readable CSV at row {csv.Parser.Row}: {malformed.GetType().Name}");
        }
    }

    // Quoted line breaks make this an estimate; it only feeds the progress.
    private static long CountRows(byte[] payload) => Math.Max(0, payload.AsSpan().Count((byte)'\n') - 1);

    private static void Take(CsvReader csv, string[] headers, long row, List<CustomerRowChange> changes, List<ImportFailure> failures)
    {
        var fields = new string?[Enum.GetValues<Column>().Length];
        var metadata = new Dictionary<string, string>();
        for (var i = 0; i < headers.Length; i++)
        {
            var value = csv.TryGetField<string>(i, out var text) && !string.IsNullOrEmpty(text) ? text : null;
            if (Known.TryGetValue(headers[i], out var column))
            {
                fields[(int)column] ??= value;
            }
            else if (value is not null && headers[i].Length > 0)
            {
                metadata[headers[i]] = value;
            }
        }

        string? Field(Column column) => fields[(int)column];
        var patch = new CustomerPatch
        {
            ReplaceAll = true,
            SourceId = Field(Column.SourceId),
            Name = Field(Column.Name),
            Email = Field(Column.Email),
            Phone = Field(Column.Phone),
            Birthdate = Field(Column.Birthdate),
            Description = Field(Column.Description),
            Address = Address(Field),
            Metadata = metadata.Count == 0 ? null : new RawJson(JsonSerializer.SerializeToUtf8Bytes(metadata, WireJson.Options)),
        };

        if (CustomerLimits.WhyNot(Field(Column.Id), patch) is { } reason)
        {
            failures.Add(new ImportFailure(row, patch.SourceId, reason));
        }
        else
        {
            changes.Add(new CustomerRowChange(row, Field(Column.Id), patch.SourceId, patch));
        }
    }

    private static CustomerAddress? Address(Func<Column, string?> field)
    {
        var address = new CustomerAddress
        {
            Line1 = field(Column.Line1),
            Line2 = field(Column.Line2),
            PostalCode = field(Column.PostalCode),
            City = field(Column.City),
            State = field(Column.State),
            Country = field(Column.Country),
        };
        return address == new CustomerAddress() ? null : address;
    }
}
