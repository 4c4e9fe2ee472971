"""The twin's customer talks and listens."""

from benchmarks.twin_laws import single, within
from benchmarks.twin_person import Person
from sim.streams import WORD


class Talker(Person):
    """How word of mouth travels: all decide what to say, then all is heard, speaker by speaker."""

    def decide_what_to_say(self) -> None:
        """Forget a part of what was heard; praise one's firm to a contact, or warn of it, or be silent."""
        p = self.model.parameters.word
        for firm, heard in self.opinion.items():
            if heard != 0.0:
                self.opinion[firm] = single(heard * (1.0 - p.fading))
        if self.firm is None or not self.model.parameters.switches.word_of_mouth:
            return
        luck = self.luck(WORD)
        if luck[0] < self.praise_probability(self.firm.association):
            self.message = 1
        elif luck[1] < self.blame_probability:
            self.message = -1
        else:
            return
        self.listener = self.contacts[int(luck[2] * len(self.contacts))]

    def praise_probability(self, association: float) -> float:
        """Return the month's chance of a positive message; champions praise more."""
        parameters = self.model.parameters
        p = parameters.word
        relationship = parameters.bonds.relationship_neutral
        satisfaction = parameters.choice.satisfaction_neutral
        if parameters.switches.reciprocity_customers:
            relationship, satisfaction = self.relationship, self.satisfaction
        chance = p.positive_rate * within(0.5 + satisfaction, 0.0, 1.5)
        chance += p.association_rate * association + p.gift_rate * self.gift
        champion = relationship > p.champion_relationship and satisfaction > p.champion_satisfaction
        return chance + (p.champion_rate if champion else 0.0)

    @property
    def blame_probability(self) -> float:
        """The month's chance of a negative message: dissatisfaction, a failure, a fee found, regret."""
        p = self.model.parameters.word
        cause = max(-self.model.parameters.choice.satisfaction_neutral, 0.0) * 0.25
        if self.model.parameters.switches.reciprocity_customers:
            cause = 0.25 * max(-self.satisfaction, 0.0) + 0.2 * self.regret + self.failed + self.fee_found
        return p.negative_base + p.negative_rate * cause

    def tell(self) -> None:
        """Move the listener's opinion, and teach it what one knows of one's needs."""
        listener, firm, parameters = self.listener, self.firm, self.model.parameters
        if listener is None or firm is None:
            return
        moved = listener.opinion[firm] + parameters.word.weight * self.message
        listener.opinion[firm] = single(within(moved, -1.0, 1.0))
        if parameters.switches.unmet_needs and self.need_known > listener.need_known:
            learned = parameters.experience.need_talk * (self.need_known - listener.need_known)
            listener.need_known = single(listener.need_known + learned)
