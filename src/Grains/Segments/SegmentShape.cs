using Marketing.Activity;
using Marketing.Shapes;

namespace Marketing.Segments;

/// <summary>What a segment consists of, as events show it.</summary>
internal static class SegmentShape
{
    public static readonly Shape Segment = new("segment", "The segment entered or left")
    {
        Fields = [Fields<SegmentEntry>.Text("id", segment => segment.Id), Fields<SegmentEntry>.Text("name", segment => segment.Name), Fields.Kind("segment")],
        Example = (chosen, _) => ActivityData.Of(
            Segment!, new SegmentEntry { Number = 0, Id = chosen ?? "seg_example", Name = "Example segment", Fires = true, Synced = true, Baseline = default }),
    };
}
