using System.Text.Json;
using Marketing.AsyncActions;
using Marketing.MetadataSchemas;

namespace Marketing.Customers.Imports;

/// <summary>A file of customers, read row by row into changes, refusals and warnings.</summary>
internal sealed class CustomerFile
{
    private static readonly int Columns = Enum.GetValues<CustomerColumn>().Length;

    private readonly ImportOptions _options;
    private readonly CsvFile _file;

    // By position; null for metadata.
    private readonly CustomerColumn?[] _columns;
    private readonly (CustomerColumn Column, AddressParts Part)[] _address;
    private readonly CustomerKeys _keys;
    private readonly MetadataCells _cells;

    public CustomerFile(byte[] file, ImportOptions options, MetadataCells cells)
    {
        _cells = cells;
        _options = options;
        _file = new CsvFile(file, [.. CustomerColumns.Known.Keys], CustomerColumns.Known.ContainsKey);
        _columns = [.. _file.Header.Names.Select(name => CustomerColumns.Known.TryGetValue(name, out var column) ? column : (CustomerColumn?)null)];
        _address = [.. CustomerColumns.Address.Where(known => _columns.Contains(known.Column))];
        if (options.MatchByEmail && !_columns.Contains(CustomerColumn.Email))
        {
            throw new ImportRefusedException("match_by=email needs a column Email");
        }

        _keys = new CustomerKeys(options.MatchByEmail);
    }

    /// <inheritdoc cref="CsvFile.Total"/>
    public long Total => _file.Total;

    /// <inheritdoc cref="CsvFile.Row"/>
    public long Row => _file.Row;

    /// <inheritdoc cref="CsvFile.Read"/>
    public bool Read() => _file.Read();

    /// <summary>Passes over a row that is done; what it names is remembered.</summary>
    public void PassOver()
    {
        if (_file.Problem is null)
        {
            _keys.Note(Fields(), Row);
        }
    }

    /// <summary>Adds what the row means to the part.</summary>
    public void Take(CustomerFilePart part)
    {
        if (_file.Problem is { } problem)
        {
            part.Failed.Add(new ImportProblem(Row, null, problem));
            return;
        }

        var fields = Fields();
        var source = fields[(int)CustomerColumn.SourceId];
        var repeated = _keys.Note(fields, Row);
        var day = fields[(int)CustomerColumn.Birthdate] is { } birthdate ? WrittenDay.Read(birthdate) : default;
        if (day.Problem is not null)
        {
            part.Failed.Add(Named(new ImportProblem(Row, source, $"birthdate {day.Problem}", "birthdate")));
            return;
        }

        fields[(int)CustomerColumn.Birthdate] = day.Day;
        var change = Change(fields);
        if (Refusal(change) is { } refusal)
        {
            part.Failed.Add(Named(refusal));
            return;
        }

        part.Changes.Add(change);
        if (repeated is { } earlier)
        {
            part.Warnings.Add(Named(new ImportProblem(Row, source, $"row {earlier.Row} has the same {earlier.Field}: they take effect one after the other", earlier.Field)));
        }

        if (!_options.MatchByEmail && change.Id is null && source is null)
        {
            part.Warnings.Add(new ImportProblem(Row, null, "has neither Id nor Source_id: a second import would create it again"));
        }

        AddOnlyTexts(part, source);
    }

    /// <summary>A problem with the name the file has for the field.</summary>
    public ImportProblem Named(ImportProblem problem) => problem.Column is null ? problem
        : problem with { Column = _file.Header.Names.FirstOrDefault(name => CustomerColumns.FieldOf(name) == problem.Column) ?? problem.Column };

    /// <summary>Says how the file is read.</summary>
    public void WriteMapping(Utf8JsonWriter json)
    {
        json.WriteString("separator"u8, _file.Header.Separator.ToString());
        json.WriteStartArray("mapping"u8);
        foreach (var name in _file.Header.Names)
        {
            json.WriteStartObject();
            json.WriteString("column"u8, name);
            json.WriteString("field"u8, CustomerColumns.FieldOf(name));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // The fields of the profile by column. An empty cell is null.
    private string?[] Fields()
    {
        var fields = new string?[Columns];
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_columns[i] is { } column && _file.Fields[i].Length > 0)
            {
                fields[(int)column] ??= _file.Fields[i];
            }
        }

        return fields;
    }

    private CustomerRowChange Change(string?[] fields)
    {
        string? Field(CustomerColumn column) => fields[(int)column];
        bool Says(CustomerColumn column) => Field(column) is not null || (_options.ClearEmpty && _columns.Contains(column));
        CustomerFields If(CustomerColumn column, CustomerFields field) => Says(column) ? field : CustomerFields.None;

        var (metadata, cleared) = Metadata();
        var patch = new CustomerPatch
        {
            Present = If(CustomerColumn.Name, CustomerFields.Name) | If(CustomerColumn.Email, CustomerFields.Email) | If(CustomerColumn.Phone, CustomerFields.Phone)
                | If(CustomerColumn.Birthdate, CustomerFields.Birthdate) | If(CustomerColumn.Description, CustomerFields.Description)
                | (metadata is null ? CustomerFields.None : CustomerFields.Metadata),
            SourceId = Field(CustomerColumn.SourceId),
            Name = Field(CustomerColumn.Name),
            Email = Field(CustomerColumn.Email),
            Phone = Field(CustomerColumn.Phone),
            Birthdate = Field(CustomerColumn.Birthdate),
            Description = Field(CustomerColumn.Description),
            Metadata = metadata,
        };
        return new CustomerRowChange(Row, Field(CustomerColumn.Id), patch.SourceId, patch)
        {
            EmailKey = _options.MatchByEmail && patch.Email is { } email && !string.IsNullOrWhiteSpace(email) ? EmailAddress.KeyOf(email) : null,
            AddressParts = _address.Length == 0 ? [] : [.. _address.Where(known => Says(known.Column)).Select(known => (known.Part, Field(known.Column)))],
            ClearedKeys = cleared,
        };
    }

    private (RawJson? Given, IReadOnlyList<string> Cleared) Metadata()
    {
        var given = new List<(string, string)>();
        List<string>? cleared = null;
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_columns[i] is not null || _file.Header.Names[i].Length == 0)
            {
                continue;
            }

            if (_file.Fields[i].Length > 0)
            {
                given.Add((_file.Header.Names[i], _file.Fields[i]));
            }
            else if (_options.ClearEmpty)
            {
                (cleared ??= []).Add(_file.Header.Names[i]);
            }
        }

        return (_cells.Read(given), (IReadOnlyList<string>?)cleared ?? []);
    }

    private ImportProblem? Refusal(CustomerRowChange change) =>
        CustomerLimits.WhyNot(change.Id, change.Patch) is var (field, rule) ? new ImportProblem(change.Row, change.SourceId, $"{field} {rule}", field)
        : _options.MatchByEmail && change.EmailKey is null ? new ImportProblem(change.Row, change.SourceId, "email is needed to match by it", "email")
        : null;

    private void AddOnlyTexts(CustomerFilePart part, string? source)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_columns[i] is null && _file.Header.Names[i].Length > 0 && !_cells.Knows(_file.Header.Names[i]) && WrittenDay.WhyOnlyText(_file.Fields[i]) is { } reason)
            {
                part.Warnings.Add(new ImportProblem(Row, source, reason, _file.Header.Names[i]));
            }
        }
    }
}

/// <summary>What some rows of a file mean.</summary>
internal sealed class CustomerFilePart
{
    public List<CustomerRowChange> Changes { get; } = [];

    public List<ImportProblem> Failed { get; } = [];

    public List<ImportProblem> Warnings { get; } = [];

    /// <summary>How many rows that is.</summary>
    public int Rows => Changes.Count + Failed.Count;
}
