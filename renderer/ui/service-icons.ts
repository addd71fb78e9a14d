import { ArchiveIcon } from '@phosphor-icons/react/dist/csr/Archive';
import { BookOpenIcon } from '@phosphor-icons/react/dist/csr/BookOpen';
import { CalendarBlankIcon } from '@phosphor-icons/react/dist/csr/CalendarBlank';
import { ChartBarIcon } from '@phosphor-icons/react/dist/csr/ChartBar';
import { ChatCircleIcon } from '@phosphor-icons/react/dist/csr/ChatCircle';
import { ClipboardTextIcon } from '@phosphor-icons/react/dist/csr/ClipboardText';
import { CurrencyEurIcon } from '@phosphor-icons/react/dist/csr/CurrencyEur';
import { EnvelopeSimpleIcon } from '@phosphor-icons/react/dist/csr/EnvelopeSimple';
import { GlobeIcon } from '@phosphor-icons/react/dist/csr/Globe';
import { GraduationCapIcon } from '@phosphor-icons/react/dist/csr/GraduationCap';
import { HandshakeIcon } from '@phosphor-icons/react/dist/csr/Handshake';
import { IdentificationCardIcon } from '@phosphor-icons/react/dist/csr/IdentificationCard';
import { LeafIcon } from '@phosphor-icons/react/dist/csr/Leaf';
import { MapTrifoldIcon } from '@phosphor-icons/react/dist/csr/MapTrifold';
import { NewspaperIcon } from '@phosphor-icons/react/dist/csr/Newspaper';
import { NotebookIcon } from '@phosphor-icons/react/dist/csr/Notebook';
import { PresentationChartIcon } from '@phosphor-icons/react/dist/csr/PresentationChart';
import { TicketIcon } from '@phosphor-icons/react/dist/csr/Ticket';
import { WrenchIcon } from '@phosphor-icons/react/dist/csr/Wrench';
import type { ServiceView } from '../../preload/contract/brand.ts';
import {
  ClockIcon,
  CloudIcon,
  type Icon,
  KanbanIcon,
  MagnifyingGlassIcon,
  QuestionIcon,
  UsersIcon,
  VideoCameraIcon,
} from './icons.ts';

/** The pictures that a brand may give its services. */
export const SERVICE_PICTURES: Readonly<Record<ServiceView['icon'], Icon>> = {
  archive: ArchiveIcon,
  book: BookOpenIcon,
  calendar: CalendarBlankIcon,
  chart: ChartBarIcon,
  chat: ChatCircleIcon,
  clock: ClockIcon,
  cloud: CloudIcon,
  form: ClipboardTextIcon,
  globe: GlobeIcon,
  graduation: GraduationCapIcon,
  handshake: HandshakeIcon,
  identity: IdentificationCardIcon,
  kanban: KanbanIcon,
  leaf: LeafIcon,
  mail: EnvelopeSimpleIcon,
  map: MapTrifoldIcon,
  money: CurrencyEurIcon,
  news: NewspaperIcon,
  notebook: NotebookIcon,
  people: UsersIcon,
  presentation: PresentationChartIcon,
  question: QuestionIcon,
  search: MagnifyingGlassIcon,
  ticket: TicketIcon,
  video: VideoCameraIcon,
  wrench: WrenchIcon,
};
