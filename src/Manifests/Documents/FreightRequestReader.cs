using Waybill.Domain.Pipelines;
using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Documents;

/// <summary>Reads <c>requestedFreight</c>.</summary>
internal static class FreightRequestReader
{
    public static IReadOnlyList<RequestDraft> Read(IReadOnlyList<Cursor> items)
    {
        var requests = new List<RequestDraft>();
        foreach (var item in items)
        {
            if (ReadOne(item) is not { } request)
            {
                continue;
            }

            if (requests.Any(r => r.Request.Warehouse == request.Request.Warehouse))
            {
                item.Error($"freight of Warehouse {request.Request.Warehouse} is requested twice: merge the sources");
            }

            requests.Add(request);
        }

        return requests;
    }

    private static RequestDraft? ReadOne(Cursor item)
    {
        if (item.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        var warehouse = ReadOrigin(fields.Take("origin", required: true));
        var sources = fields.Take("sources", required: true);
        if (warehouse is null || sources?.Map() is not { } sourceFields)
        {
            return null;
        }

        using var reader = sourceFields;
        var upstream = ReadUpstream(reader);
        var request = new FreightRequest(warehouse.Value.Name, ReadSources(reader, upstream));
        return new RequestDraft(request, warehouse.Value.Cursor, upstream);
    }

    private static (string Name, Cursor Cursor)? ReadOrigin(Cursor? origin)
    {
        if (origin?.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        fields.Take("kind", required: true)?.OneOf(["Warehouse"]);
        var name = fields.Take("name", required: true);
        return MetadataReader.ReadName(name) is { } text ? (text, name!) : null;
    }

    private static List<(string Name, Cursor Cursor)> ReadUpstream(MapReader sources)
    {
        var upstream = new List<(string Name, Cursor Cursor)>();
        foreach (var item in sources.Items("stages"))
        {
            if (MetadataReader.ReadName(item) is not { } name)
            {
                continue;
            }

            if (upstream.Any(u => u.Name == name))
            {
                item.Error($"Stage {name} is listed twice");
                continue;
            }

            upstream.Add((name, item));
        }

        return upstream;
    }

    private static FreightSources ReadSources(MapReader fields, List<(string Name, Cursor Cursor)> upstream)
    {
        var soak = fields.Take("requiredSoakTime");
        var sources = new FreightSources
        {
            Direct = fields.Flag("direct"),
            Stages = [.. upstream.Select(u => u.Name)],
            AvailabilityStrategy = fields.OneOf("availabilityStrategy", AvailabilityStrategy.OneOf),
            RequiredSoakTime = soak?.Duration(zeroAllowed: true) ?? TimeSpan.Zero,
            SelectionPolicy = ReadSelectionPolicy(fields),
        };

        if (sources is { Direct: false, Stages.Count: 0 })
        {
            fields.Cursor.Error("freight comes from nowhere: set direct: true or list stages");
        }

        if (sources is { SelectionPolicy: SelectionPolicy.MatchUpstream } and ({ Direct: true } or { Stages.Count: not 1 }))
        {
            fields.Cursor.Error("selectionPolicy: MatchUpstream needs exactly one upstream stage, and no direct: true");
        }

        if (sources is { Direct: true, RequiredSoakTime.Ticks: > 0 })
        {
            soak!.Notice("has no effect beside direct: true, which lets freight in at once");
        }

        return sources;
    }

    private static SelectionPolicy ReadSelectionPolicy(MapReader sources)
    {
        if (sources.Map("autoPromotionOptions") is not { } found)
        {
            return SelectionPolicy.NewestFreight;
        }

        using var fields = found;
        return fields.OneOf("selectionPolicy", SelectionPolicy.NewestFreight);
    }
}
