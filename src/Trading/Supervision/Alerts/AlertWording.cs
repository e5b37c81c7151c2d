using Trading.Events;
using Trading.Kernel;
using Trading.Law.Packs;

namespace Trading.Supervision.Alerts;

/// <summary>What an alert says to people.</summary>
internal static class AlertWording
{
    public static Wording Of(Provision provision, AlertStep step, DateTimeOffset due)
    {
        var (zh, en) = provision.Explanation;
        var (zhAwaited, enAwaited, time) = (provision.To.Wording.Zh, provision.To.Wording.En, TimeConverter.Write(due));
        return step switch
        {
            AlertStep.Begun => new Wording($"{zh}期限已开始，{zhAwaited}最迟：{time}。", $"{en} The time runs; latest {enAwaited}: {time}."),
            AlertStep.Half => new Wording($"{zh}期限已过半，{zhAwaited}最迟：{time}。", $"{en} Half of the time is over; latest {enAwaited}: {time}."),
            AlertStep.ThreeQuarters => new Wording(
                $"{zh}期限已过四分之三，{zhAwaited}最迟：{time}。", $"{en} Three quarters of the time are over; latest {enAwaited}: {time}."),
            _ => new Wording($"{zh}期限已过，{zhAwaited}最迟应为：{time}。", $"{en} The time is over; the latest {enAwaited} would have been {time}."),
        };
    }
}
