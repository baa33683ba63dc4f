using Waybill.Domain.Pipelines;
using Waybill.Manifests.Documents;

namespace Waybill.Manifests.Resolving;

/// <summary>Orders stages so that those upstream come first, otherwise as they are written.</summary>
internal static class StageOrder
{
    /// <summary>The order and the cycles, each a list of stages of which every one feeds the next and the last the first.</summary>
    public static (IReadOnlyList<StageDraft> Ordered, IReadOnlyList<IReadOnlyList<StageDraft>> Cycles) Of(IReadOnlyList<StageDraft> stages)
    {
        var byName = stages.ToDictionary(s => s.Document.Name, StringComparer.Ordinal);
        var upstream = stages.ToDictionary(s => s, s => UpstreamOf(s.Stage).Where(byName.ContainsKey).Select(n => byName[n]).ToHashSet());
        var ordered = Sort(stages, upstream);
        var cycles = new List<IReadOnlyList<StageDraft>>();
        var left = stages.Except(ordered).ToHashSet();
        while (stages.FirstOrDefault(left.Contains) is { } start)
        {
            if (FindCycle(start, upstream, left) is { Count: > 0 } cycle)
            {
                cycles.Add(cycle);
            }
        }

        return (ordered, cycles);
    }

    private static IEnumerable<string> UpstreamOf(Stage stage) =>
        stage.RequestedFreight.SelectMany(r => r.Sources.Stages).Distinct(StringComparer.Ordinal);

    private static List<StageDraft> Sort(IReadOnlyList<StageDraft> stages, Dictionary<StageDraft, HashSet<StageDraft>> upstream)
    {
        var position = stages.Select((s, i) => (s, i)).ToDictionary(p => p.s, p => p.i);
        var waitsFor = upstream.ToDictionary(u => u.Key, u => u.Value.Count);
        var downstream = upstream.SelectMany(u => u.Value, (u, up) => (From: up, To: u.Key)).ToLookup(e => e.From, e => e.To);
        var ready = new PriorityQueue<StageDraft, int>(stages.Where(s => waitsFor[s] == 0).Select(s => (s, position[s])));
        var ordered = new List<StageDraft>();
        while (ready.TryDequeue(out var next, out _))
        {
            ordered.Add(next);
            foreach (var stage in downstream[next].Where(s => --waitsFor[s] == 0))
            {
                ready.Enqueue(stage, position[stage]);
            }
        }

        return ordered;
    }

    /// <summary>Walks upstream among what is left until a stage comes again; takes what it walked out of <paramref name="left"/>.</summary>
    private static List<StageDraft> FindCycle(StageDraft start, Dictionary<StageDraft, HashSet<StageDraft>> upstream, HashSet<StageDraft> left)
    {
        var walked = new List<StageDraft>();
        var at = new Dictionary<StageDraft, int>();
        StageDraft? next = start;
        while (next is not null && at.TryAdd(next, walked.Count))
        {
            walked.Add(next);
            next = upstream[next].FirstOrDefault(left.Contains);
        }

        left.ExceptWith(walked);
        if (next is null)
        {
            return [];
        }

        var cycle = walked[at[next]..];
        cycle.Reverse();
        return cycle;
    }
}
