using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Marketing.Storage;

namespace Marketing.ValidationRules;

/// <summary>A stored assignment.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Assignment id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Rule">Number of the rule.</param>
/// <param name="RuleId">Id of the same.</param>
/// <param name="ObjectType">The kind of the object.</param>
/// <param name="ObjectId">Its id.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record RuleAssignmentRow(
    long Number, string Id, long Version, long Rule, string RuleId, string ObjectType, string ObjectId, DateTimeOffset CreatedAt) : ITableRow;

/// <summary>Where assignments are stored.</summary>
internal static class RuleAssignmentTable
{
    /// <summary>Rule and object in one: an assignment that there is already is the other's.</summary>
    public static readonly Column Target = Column<RuleAssignmentRow>.Text("target", row => TargetOf(row.RuleId, row.ObjectType, row.ObjectId));

    public static readonly Column Rule = Column<RuleAssignmentRow>.Number("rule", row => row.Rule);

    /// <summary>Which <see cref="NumberOf"/> the object's id has.</summary>
    public static readonly Column Object = Column<RuleAssignmentRow>.Number("object", row => NumberOf(row.ObjectId));

    private static readonly Column RuleId = Column<RuleAssignmentRow>.Text("rule_id", row => row.RuleId);
    private static readonly Column ObjectType = Column<RuleAssignmentRow>.Text("object_type", row => row.ObjectType);
    private static readonly Column ObjectId = Column<RuleAssignmentRow>.Text("object_id", row => row.ObjectId);
    private static readonly Column CreatedAt = Column<RuleAssignmentRow>.Instant("created_at", row => row.CreatedAt);

    public static readonly Table<RuleAssignmentRow> Assignments = new("validation_rule_assignments", Read)
    {
        Columns = [Target, Rule, RuleId, Object, ObjectType, ObjectId, CreatedAt],
        Unique = [Target],
        Groups = [Rule, Object],
        Orders = [CreatedAt],
    };

    public static string TargetOf(string rule, string type, string id) => $"{rule} {type} {id}";

    /// <summary>Rows are found together by numbers: 63 bits of a hash, which two ids share as good as never. Whoever reads by it looks at the id too.</summary>
    public static long NumberOf(string objectId) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(objectId))) & long.MaxValue;

    private static RuleAssignmentRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Count(Rule), row.Text(RuleId), row.Text(ObjectType), row.Text(ObjectId), row.Instant(CreatedAt));
}
